package org.juniteval.engine.suite;

import java.lang.reflect.AnnotatedElement;
import org.junit.jupiter.api.DisplayName;
import org.junit.platform.commons.support.AnnotationSupport;

/** Jupiter's {@code @DisplayName}. */
final class DisplayNames {

    private DisplayNames() {}

    /** The name that the class or method is given; a blank one is none, as in Jupiter. */
    static String of(AnnotatedElement element, String otherwise) {
        return AnnotationSupport.findAnnotation(element, DisplayName.class)
                .map(given -> given.value().trim())
                .filter(name -> !name.isEmpty())
                .orElse(otherwise);
    }
}

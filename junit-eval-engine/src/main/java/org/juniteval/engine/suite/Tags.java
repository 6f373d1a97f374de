package org.juniteval.engine.suite;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.platform.commons.support.AnnotationSupport;

/** The tags of a class or method, and what is wrong with those that no tag expression could name. */
record Tags(Set<String> names, List<String> faults) {

    private static final Pattern RESERVED = Pattern.compile("[\\s\\p{Cntrl},()&|!]");

    static Tags of(AnnotatedElement element) {
        Set<String> names = new LinkedHashSet<>();
        List<String> faults = new ArrayList<>();
        for (Tag tag : AnnotationSupport.findRepeatableAnnotations(element, Tag.class)) {
            String name = tag.value().trim();
            if (name.isEmpty() || RESERVED.matcher(name).find()) {
                faults.add("has the tag \"" + tag.value()
                        + "\": a tag is not blank and holds no space and none of ,()&|!");
            } else {
                names.add(name);
            }
        }
        return new Tags(names, faults);
    }

    static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> union = new LinkedHashSet<>(some);
        union.addAll(others);
        return Collections.unmodifiableSet(union);
    }
}

package org.juniteval.engine.platform;

import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.platform.engine.TestTag;

/** Tags as the Platform has them; a text that it does not allow as a tag, as a row may hold one, is left out. */
final class Tags {

    private Tags() {}

    static Set<TestTag> of(Set<String> names) {
        if (names.isEmpty()) {
            return Set.of();
        }
        Set<TestTag> tags = new LinkedHashSet<>();
        for (String name : names) {
            if (TestTag.isValid(name)) {
                tags.add(TestTag.create(name));
            }
        }
        return tags;
    }
}

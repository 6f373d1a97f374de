package org.juniteval.engine.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClassFileTest {

    @SuppressWarnings("unused")
    static class Fields {
        private final String constant = "c";
        private final Object one = new Object();
        private final Object two;
        private final String chosen = System.nanoTime() > 0 ? "a" : "b";
        private String mixed;

        Fields(Object two) {
            this.two = two;
            if (two == null) {
                mixed = "null";
            } else {
                mixed = "text";
            }
        }
    }

    private static final Classes NO_PROJECT = new Classes(
            ProjectFiles.of(Set.of(), Set.of(), Path.of("").toAbsolutePath(), List.of(), Set.of()),
            ClassFileTest.class.getClassLoader());

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getName().replaceFirst(".*\\.", "") + ".class")) {
            return in.readAllBytes();
        }
    }

    @Test
    void is_read_whatever_newer_jdk_compiled_it() throws IOException {
        byte[] bytes = bytes(Fields.class);
        bytes[6] = 3;
        assertThat(new ClassFile(bytes).name()).isEqualTo(Fields.class.getName().replace('.', '/'));
    }

    @Nested
    class Its_initialisers {

        @Test
        void are_cut_by_the_fields_that_they_assign() throws IOException {
            ClassFile type = new ClassFile(bytes(Fields.class));
            assertThat(type.constructors().get(0).runs(NO_PROJECT).stream().filter(Run::belongsToFields))
                    .extracting(run -> String.join(" ", run.fields()))
                    .containsExactly("constant", "one", "chosen", "two");
        }

        @Test
        void keep_together_what_a_jump_crosses() throws IOException {
            ClassFile type = new ClassFile(bytes(Fields.class));
            assertThat(type.constructors().get(0).runs(NO_PROJECT))
                    .noneMatch(run -> run.fields().contains("mixed"));
        }
    }
}

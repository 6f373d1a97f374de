package org.juniteval.engine.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Fingerprint;
import org.juniteval.Scorer;
import org.juniteval.SuiteFactory;

class SuiteInstanceTest {

    static final List<String> EVENTS = new ArrayList<>();

    @EvalSuite
    @Dataset(rows = "{}")
    abstract static class Base {
        @Eval
        String echo(String input) {
            return input;
        }

        @Scorer
        boolean fine(String output) {
            return true;
        }
    }

    private static SuiteInstance open(Class<?> suite) throws Throwable {
        EVENTS.clear();
        return SuiteDefinition.of(suite).open();
    }

    @Nested
    class An_instance {
        abstract static class Parent extends Base {
            @BeforeAll
            static void beginParent() {
                EVENTS.add("begin parent");
            }

            @AfterAll
            void endParent() {
                EVENTS.add("end parent");
            }
        }

        static class LifecycleCase extends Parent implements AutoCloseable {
            private LifecycleCase() {
                EVENTS.add("new");
            }

            @BeforeAll
            void begin() {
                EVENTS.add("begin");
            }

            @AfterAll
            static void end() {
                EVENTS.add("end");
            }

            @Override
            public void close() {
                EVENTS.add("close");
            }
        }

        @Test
        void is_made_begun_superclass_first_ended_subclass_first_and_closed() throws Throwable {
            assertThat(Suites.faults(LifecycleCase.class)).isEmpty();
            assertThat(SuiteDefinition.of(LifecycleCase.class).hasLifecycle()).isTrue();
            SuiteInstance instance = open(LifecycleCase.class);
            assertThat(instance.fromForeignFactory()).isFalse();
            instance.close();
            assertThat(EVENTS).containsExactly("new", "begin parent", "begin", "end", "end parent", "close");
        }

        static class PlainCase extends Base {}

        @Test
        void has_no_lifecycle_where_nothing_says_so() {
            assertThat(SuiteDefinition.of(PlainCase.class).hasLifecycle()).isFalse();
        }

        static class BrokenBeginCase extends LifecycleCase {
            @BeforeAll
            void fail() throws Exception {
                throw new java.io.IOException("no server");
            }

            @AfterAll
            void failAgain() {
                throw new IllegalStateException("no server either");
            }
        }

        @Test
        void that_cannot_begin_is_ended_and_closed_and_says_why() {
            Throwable thrown = catchThrowable(() -> open(BrokenBeginCase.class));
            assertThat(thrown).isExactlyInstanceOf(java.io.IOException.class).hasMessage("no server");
            assertThat(thrown.getSuppressed()).singleElement().asString().contains("no server either");
            assertThat(EVENTS).containsExactly("new", "begin parent", "begin", "end", "end parent", "close");
        }

        static class BrokenEndCase extends Base implements AutoCloseable {
            @AfterAll
            void end() {
                throw new IllegalStateException("first");
            }

            @Override
            public void close() throws java.io.IOException {
                EVENTS.add("close");
                throw new java.io.IOException("second");
            }
        }

        @Test
        void runs_all_its_endings_and_throws_the_first_failure_with_the_others() throws Throwable {
            Throwable thrown = catchThrowable(open(BrokenEndCase.class)::close);
            assertThat(thrown).hasMessage("first");
            assertThat(thrown.getSuppressed()).singleElement().asString().contains("second");
            assertThat(EVENTS).containsExactly("close");
        }

        static class ThrowingCase extends Base {
            ThrowingCase() {
                throw new UnsupportedOperationException("no key");
            }
        }

        @Test
        void throws_what_its_constructor_throws() {
            assertThatThrownBy(() -> open(ThrowingCase.class))
                    .isExactlyInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("no key");
        }

        static class InjectedCase extends Base {
            final String model;

            InjectedCase(String model) {
                this.model = model;
            }
        }

        @Test
        void needs_a_constructor_without_arguments_or_a_factory() {
            assertThatThrownBy(() -> open(InjectedCase.class))
                    .isInstanceOf(SuiteFault.class)
                    .hasMessageContaining("InjectedCase has no constructor without arguments")
                    .hasMessageContaining("org.juniteval.SuiteFactory in META-INF/services");
        }
    }

    /** Knows one class. */
    public static class InjectingFactory implements SuiteFactory {
        @Override
        public Optional<Object> create(Class<?> suite) throws Exception {
            if (!suite.getName().equals(MadeCase.class.getName())) {
                return Optional.empty();
            }
            var constructor = suite.getDeclaredConstructor(String.class);
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance("injected"));
        }
    }

    @EvalSuite
    @Dataset(rows = "{}")
    static class MadeCase {
        final String model;

        MadeCase(String model) {
            this.model = model;
        }

        @Override
        public String toString() {
            return model;
        }
    }

    @EvalSuite
    static class UnknownCase {
        @Override
        public String toString() {
            return "by constructor";
        }
    }

    @Nested
    class A_factory {
        @Test
        void makes_the_instances_of_the_suites_that_it_knows(@TempDir Path services) throws Throwable {
            Path file = services.resolve("META-INF/services/" + SuiteFactory.class.getName());
            Files.createDirectories(file.getParent());
            Files.writeString(file, InjectingFactory.class.getName());
            try (Loader loader = new Loader(services)) {
                SuiteInstance made = SuiteDefinition.of(loader.loadClass(MadeCase.class.getName()))
                        .open();
                assertThat(made.object()).hasToString("injected");
                assertThat(made.fromForeignFactory()).isTrue();
                SuiteInstance other = SuiteDefinition.of(loader.loadClass(UnknownCase.class.getName()))
                        .open();
                assertThat(other.object()).hasToString("by constructor");
                assertThat(other.fromForeignFactory()).isFalse();
            }
        }
    }

    /** Sees the services of a folder, and loads the suites of this test itself. */
    static final class Loader extends URLClassLoader {
        Loader(Path services) throws Exception {
            super(new URL[] {services.toUri().toURL()}, SuiteInstanceTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(MadeCase.class.getName()) && !name.equals(UnknownCase.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (var bytes =
                    SuiteInstanceTest.class.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
                byte[] code = bytes.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (java.io.IOException impossible) {
                throw new ClassNotFoundException(name, impossible);
            }
        }
    }

    @Nested
    class Fingerprints {
        static Object value;

        record Settings(String model, double temperature, Path prompt) {}

        static class DeclaringCase extends Base {
            @Fingerprint
            Object setting() {
                return value;
            }

            @Fingerprint
            static String model() {
                return "m-1";
            }
        }

        private JsonNode declared(Object setting) throws Throwable {
            value = setting;
            return open(DeclaringCase.class).declared().path("setting");
        }

        @Test
        void are_values_by_the_names_of_their_methods() throws Throwable {
            assertThat(SuiteDefinition.of(DeclaringCase.class).fingerprintMethods())
                    .hasSize(2);
            value = Map.of("temperature", 0.7);
            assertThat(open(DeclaringCase.class).declared())
                    .isEqualTo(Suites.json("{\"model\": \"m-1\", \"setting\": {\"temperature\": 0.7}}"));
        }

        @Test
        void of_a_file_are_its_content_wherever_it_is(@TempDir Path one, @TempDir Path other) throws Throwable {
            Path file = Files.writeString(one.resolve("a.md"), "text");
            Path same = Files.writeString(other.resolve("b.md"), "text");
            // The SHA-256 of "text", as sha256sum prints it.
            assertThat(declared(file).asText())
                    .isEqualTo("sha256:982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1");
            assertThat(declared(same)).isEqualTo(declared(file));
            assertThat(declared(same.toFile())).isEqualTo(declared(file));
            assertThat(declared(new Settings("m", 0, file)).path("prompt")).isEqualTo(declared(file));
            assertThat(declared(List.<Object>of(new File(file.toString()))).get(0))
                    .isEqualTo(declared(file));
            Files.writeString(file, "other text");
            assertThat(declared(file)).isNotEqualTo(declared(same));
        }

        @Test
        void of_a_folder_are_its_files_with_their_names(@TempDir Path one, @TempDir Path other) throws Throwable {
            for (Path folder : List.of(one, other)) {
                Files.createDirectories(folder.resolve("sub"));
                Files.writeString(folder.resolve("sub/a.md"), "a");
                Files.writeString(folder.resolve("b.md"), "b");
            }
            JsonNode before = declared(one);
            assertThat(declared(other)).isEqualTo(before);
            Files.move(other.resolve("b.md"), other.resolve("c.md"));
            assertThat(declared(other)).isNotEqualTo(before);
        }

        @Test
        void that_are_null_or_no_data_or_not_there_are_faults() {
            assertThatThrownBy(() -> declared(null))
                    .isInstanceOf(SuiteFault.class)
                    .hasMessageContaining("DeclaringCase.setting(SuiteInstanceTest.java:")
                    .hasMessageContaining("returned null");
            assertThatThrownBy(() -> declared(Path.of("not", "there.md")))
                    .isInstanceOf(SuiteFault.class)
                    .hasMessageContaining("there.md is not there");
            assertThatThrownBy(() -> declared(new Object()))
                    .isInstanceOf(SuiteFault.class)
                    .hasMessageContaining("cannot join the cache key");
        }

        @Test
        void of_sets_do_not_depend_on_their_order() throws Throwable {
            java.util.Set<String> forth = new java.util.LinkedHashSet<>(List.of("a", "b"));
            java.util.Set<String> back = new java.util.LinkedHashSet<>(List.of("b", "a"));
            assertThat(declared(forth)).isEqualTo(declared(back));
            assertThat(declared(List.of(forth))).isEqualTo(declared(List.of(back)));
        }
    }
}

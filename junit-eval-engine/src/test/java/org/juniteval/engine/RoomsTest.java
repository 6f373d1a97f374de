package org.juniteval.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each package may know of the others, of JUnit and of the machine. */
class RoomsTest {

    private static final String ENGINE = "org.juniteval.engine";
    private static final String METRICS = "org.juniteval.metrics";

    /** Each room and the rooms that it imports. */
    private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            Map.entry("cli", Set.of("report", "record", "cache", "slice", "json")),
            Map.entry("platform", Set.of("report", "run", "verdict", "suite", "record")),
            Map.entry(
                    "run",
                    Set.of(
                            "suite",
                            "dataset",
                            "cache",
                            "fingerprint",
                            "slice",
                            "verdict",
                            "statistics",
                            "record",
                            "redaction")),
            Map.entry("verdict", Set.of("suite", "record", "redaction", "statistics")),
            Map.entry("report", Set.of("record", "statistics")),
            Map.entry("suite", Set.of("dataset")),
            Map.entry("cache", Set.of("fingerprint", "json")),
            Map.entry("record", Set.of("json")),
            Map.entry("json", Set.of()),
            Map.entry("dataset", Set.of("redaction")),
            Map.entry("fingerprint", Set.of()),
            Map.entry("slice", Set.of("fingerprint")),
            Map.entry("redaction", Set.of()),
            Map.entry("statistics", Set.of()));

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.juniteval");

    private static void holds(ArchRule rule) {
        rule.check(PRODUCT);
    }

    @Nested
    class One_way {

        static Set<String> rooms() {
            return new TreeSet<>(ROOMS.keySet());
        }

        @ParameterizedTest
        @MethodSource("rooms")
        void a_room_imports_only_what_its_line_in_the_table_says(String room) {
            String[] others = ROOMS.keySet().stream()
                    .filter(other -> !other.equals(room) && !ROOMS.get(room).contains(other))
                    .map(RoomsTest::packageOf)
                    .toArray(String[]::new);

            holds(noClasses()
                    .that()
                    .resideInAPackage(packageOf(room))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others));
        }

        @Test
        void every_package_of_the_engine_is_a_room_and_every_room_is_there() {
            Set<String> packages = PRODUCT.stream()
                    .map(JavaClass::getPackageName)
                    .filter(name -> name.startsWith(ENGINE + "."))
                    .map(name -> name.substring(ENGINE.length() + 1))
                    .collect(Collectors.toSet());

            assertThat(packages).isEqualTo(ROOMS.keySet());
        }

        @Test
        void rooms_form_no_cycle() {
            slices().matching(ENGINE + ".(*)..").should().beFreeOfCycles().check(PRODUCT);
        }

        @Test
        void metrics_and_what_suites_mention_know_nothing_of_the_engine() {
            holds(noClasses()
                    .that()
                    .resideInAnyPackage("org.juniteval", METRICS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ENGINE + ".."));
        }

        @Test
        void what_suites_mention_needs_only_Java_and_JUnit() {
            holds(classes()
                    .that()
                    .resideInAPackage("org.juniteval")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "org.juniteval", "org.junit.platform.commons.annotation"));
        }
    }

    @Nested
    class Of_JUnit {

        @Test
        void only_platform_knows_the_Platform() {
            holds(noClasses()
                    .that()
                    .resideOutsideOfPackage(packageOf("platform"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.junit.platform.engine..", "org.junit.platform.launcher.."));
        }

        @Test
        void datasets_slices_fingerprints_cache_statistics_metrics_and_reports_know_nothing() {
            holds(noClasses()
                    .that()
                    .resideInAnyPackage(
                            packageOf("dataset"),
                            packageOf("redaction"),
                            packageOf("fingerprint"),
                            packageOf("slice"),
                            packageOf("cache"),
                            packageOf("statistics"),
                            packageOf("record"),
                            packageOf("report"),
                            packageOf("cli"),
                            METRICS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.junit.."));
        }

        /** On the class path of 5.12.2, where IterationSelector and FileEntry were still experimental. */
        @Test
        void nothing_is_used_that_JUnit_may_take_away() {
            Set<String> listed = Set.of(
                    "org.junit.platform.engine.discovery.IterationSelector",
                    "org.junit.platform.engine.reporting.FileEntry");

            List<String> fleeting = PRODUCT.stream()
                    .flatMap(type -> type.getAccessesFromSelf().stream())
                    .filter(access -> access.getTargetOwner().getPackageName().startsWith("org.junit."))
                    .filter(access -> !listed.contains(access.getTargetOwner().getName()))
                    .filter(access -> !Set.of("STABLE", "MAINTAINED").contains(statusOf(access)))
                    .map(access -> statusOf(access) + ": " + access.getDescription())
                    .toList();

            assertThat(fleeting).isEmpty();
        }

        private String statusOf(JavaAccess<?> access) {
            Optional<? extends JavaMember> member = access.getTarget().resolveMember();
            return member.flatMap(this::status)
                    .or(() -> Stream.<JavaClass>iterate(
                                    access.getTargetOwner(),
                                    type -> type != null,
                                    type -> type.getEnclosingClass().orElse(null))
                            .flatMap(type -> status(type).stream())
                            .findFirst())
                    .orElse("UNDOCUMENTED");
        }

        private Optional<String> status(HasAnnotations<?> annotated) {
            return annotated
                    .tryGetAnnotationOfType("org.apiguardian.api.API")
                    .flatMap(api -> ((JavaAnnotation<?>) api).get("status"))
                    .map(status -> ((JavaEnumConstant) status).name());
        }
    }

    @Nested
    class Of_the_machine {

        @Test
        void nothing_ends_the_JVM_but_the_command_line() {
            holds(noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName(ENGINE + ".cli.Main")
                    .should()
                    .callMethod(System.class, "exit", int.class));
            holds(noClasses().should().callMethod(Runtime.class, "exit", int.class));
            holds(noClasses().should().callMethod(Runtime.class, "halt", int.class));
        }

        @Test
        void only_the_command_line_knows_picocli_and_its_main_class_does_not() {
            holds(noClasses()
                    .that()
                    .resideOutsideOfPackage(packageOf("cli"))
                    .or()
                    .haveFullyQualifiedName(ENGINE + ".cli.Main")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("picocli.."));
        }

        @Test
        void nothing_logs_or_deserialises() {
            holds(noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging"));
            holds(noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class));
        }

        @Test
        void no_text_depends_on_the_locale() {
            holds(noClasses().should().callMethod(String.class, "toLowerCase"));
            holds(noClasses().should().callMethod(String.class, "toUpperCase"));
            holds(noClasses().should().callMethod(String.class, "format", String.class, Object[].class));
            holds(noClasses().should().callMethod(String.class, "formatted", Object[].class));
            holds(noClasses().should().callMethod(PrintStream.class, "printf", String.class, Object[].class));
            holds(noClasses().should().callMethod(PrintStream.class, "format", String.class, Object[].class));
        }

        @Test
        void no_text_depends_on_the_default_charset() {
            holds(noClasses().should().callMethod(String.class, "getBytes"));
            holds(noClasses().should().callConstructor(String.class, byte[].class));
            holds(noClasses().should().callConstructor(java.io.InputStreamReader.class, InputStream.class));
            holds(noClasses().should().callConstructor(java.io.OutputStreamWriter.class, OutputStream.class));
            holds(noClasses().should().callConstructor(PrintStream.class, OutputStream.class));
            holds(noClasses().should().callConstructor(PrintStream.class, OutputStream.class, boolean.class));
            holds(noClasses().should().dependOnClassesThat().areAssignableTo(java.io.FileReader.class));
            holds(noClasses().should().dependOnClassesThat().areAssignableTo(java.io.FileWriter.class));
        }
    }

    private static String packageOf(String room) {
        return ENGINE + "." + room + "..";
    }
}

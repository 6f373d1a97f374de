package org.juniteval.engine.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Surefire and a JUnit that meet in real projects. */
enum Stand {
    OLDEST("3.2.5", "5.12.2", "1.12.2"),
    MIDDLE("3.5.6", "5.14.4", "1.14.4"),
    NEWEST("3.6.1", "6.1.3", "6.1.3");

    final String surefire;
    final String junit;
    final String platform;

    Stand(String surefire, String junit, String platform) {
        this.surefire = surefire;
        this.junit = junit;
        this.platform = platform;
    }

    /** A project of that name whose dependency management is this stand's JUnit. */
    MavenProject project(String name) {
        return new MavenProject(name + "-on-" + name().toLowerCase(java.util.Locale.ROOT), surefire)
                .managedBy("org.junit:junit-bom:" + junit);
    }

    /** Runs the test once on each stand. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest(name = "{0}")
    @EnumSource(Stand.class)
    @interface Every {}
}

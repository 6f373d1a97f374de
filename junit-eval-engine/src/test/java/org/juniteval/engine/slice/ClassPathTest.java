package org.juniteval.engine.slice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClassPathTest {

    @Nested
    class The_group_of_a_pom {

        private String groupIn(String content) {
            return ClassPath.groupIn("<?xml version=\"1.0\"?>\n<project xmlns=\"http://maven.apache.org/POM/4.0.0\">"
                    + content + "</project>");
        }

        @Test
        void is_its_own() {
            assertThat(groupIn("<groupId>\n  demo.app </groupId>")).isEqualTo("demo.app");
        }

        @Test
        void is_its_own_even_where_a_parent_has_another() {
            assertThat(groupIn("<parent><groupId>parent</groupId></parent><relativePath/><groupId>own</groupId>"))
                    .isEqualTo("own");
        }

        @Test
        void is_its_parents_where_it_has_none() {
            assertThat(groupIn("<parent><artifactId>a</artifactId><groupId>parent</groupId></parent>"
                            + "<dependencies><dependency><groupId>other</groupId></dependency></dependencies>"))
                    .isEqualTo("parent");
        }

        @Test
        void is_in_no_comment_and_no_text() {
            assertThat(groupIn("<!-- <groupId>a</groupId> --><description><![CDATA[<b><groupId>b]]></description>"
                            + "<groupId>own</groupId>"))
                    .isEqualTo("own");
        }

        @Test
        void is_empty_where_there_is_none() {
            assertThat(groupIn("<artifactId>a</artifactId>")).isEmpty();
            assertThat(ClassPath.groupIn("")).isEmpty();
            assertThat(ClassPath.groupIn("<project><groupId")).isEmpty();
            assertThat(ClassPath.groupIn("<project><groupId>")).isEmpty();
            assertThat(ClassPath.groupIn("<")).isEmpty();
        }
    }
}

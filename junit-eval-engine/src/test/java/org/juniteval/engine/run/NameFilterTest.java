package org.juniteval.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameFilterTest {

    @ParameterizedTest
    @CsvSource({
        "'',                 peru,     true",
        "peru,               peru,     true",
        "peru,               peru-2,   false",
        "peru*,              peru-2,   true",
        "p?ru,               peru,     true",
        "p?ru,               pru,      false",
        "'peru, chile',      chile,    true",
        "!peru,              peru,     false",
        "!peru,              chile,    true",
        "'p*, !peru',        peru,     false",
        "'p*, !peru',        panama,   true",
        "'!peru, peru',      peru,     false",
        "'#south',           peru,     true",
        "'#sou*',            peru,     true",
        "'#north',           peru,     false",
        "'!#south',          peru,     false",
        "'chile, #south',    peru,     true",
        "'a.c',              abc,      false",
        "'[x]',              '[x]',    true",
        "Peru,               peru,     false",
        "?,                  😀,       true",
    })
    void a_name_is_chosen_by_globs_and_tags(String globs, String name, boolean chosen) {
        assertThat(NameFilter.of(globs).chooses(name, Set.of("south", "#odd"))).isEqualTo(chosen);
    }

    @Test
    void a_glob_goes_over_line_ends() {
        assertThat(NameFilter.of("a*b").chooses("a\nb", Set.of())).isTrue();
    }

    @Test
    void only_a_filter_that_asks_nothing_chooses_all() {
        assertThat(NameFilter.of(" , ").choosesAll()).isTrue();
        assertThat(NameFilter.of("*").choosesAll()).isFalse();
        assertThat(NameFilter.of("!x").choosesAll()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "#", "peru,!#"})
    void a_sign_with_nothing_behind_it_is_refused(String globs) {
        assertThatThrownBy(() -> NameFilter.of(globs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing stands behind");
    }

    @Test
    void it_is_shown_as_it_was_written() {
        assertThat(NameFilter.of("p*, !peru")).hasToString("p*, !peru");
    }
}

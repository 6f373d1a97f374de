package org.juniteval.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FileNameTest {

    static List<String> hostileIds() {
        return List.of(
                "",
                " ",
                ".",
                "..",
                "../../x",
                "../../../etc/x",
                "a/b",
                "a\\b",
                "/",
                "C:\\x",
                "C:",
                "a:b",
                "%00",
                "\0",
                "a\0b",
                "CON",
                "con",
                "nul.txt",
                "COM1",
                "lpt9.x",
                "aux.Capitals",
                "name.",
                "name ",
                "-rf",
                ".hidden",
                "~",
                "$HOME",
                "`id`",
                "a\nb",
                "\u001b[31m",
                "x".repeat(300),
                "\u00e9".repeat(300),
                "😀",
                "😀😀",
                "[x]",
                "<>|?*\"",
                "\ud800",
                "\u202egnp",
                "ﷺ".repeat(40),
                "日本語",
                "leases",
                ".gitignore");
    }

    @ParameterizedTest
    @MethodSource("hostileIds")
    void any_id_becomes_a_name_that_every_file_system_takes(String id) {
        assertThat(FileName.of(id))
                .matches("([A-Za-z0-9_][A-Za-z0-9_.-]{0,59})?-[0-9a-f]{8}")
                .doesNotMatch("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])([.].*)?");
    }

    @ParameterizedTest
    @MethodSource("hostileIds")
    void a_plain_name_is_as_safe(String text) {
        assertThat(FileName.plain(text)).matches("[A-Za-z0-9_.-]{0,69}").doesNotStartWith(".");
    }

    @ParameterizedTest
    @CsvSource({
        "peru, peru-[0-9a-f]{8}",
        "São Paulo, Sao_Paulo-[0-9a-f]{8}",
        "com.example.CapitalsEval, com.example.CapitalsEval-[0-9a-f]{8}",
        "aux.Capitals, _aux.Capitals-[0-9a-f]{8}",
        "auxiliary.Capitals, auxiliary.Capitals-[0-9a-f]{8}",
        "../../x, _._.._x-[0-9a-f]{8}"
    })
    void what_can_be_read_stays_readable(String id, String name) {
        assertThat(FileName.of(id)).matches(name);
    }

    @Test
    void a_long_id_keeps_its_beginning_and_its_end() {
        assertThat(FileName.of("org.example." + "x".repeat(100) + ".CapitalsEval"))
                .matches("org[.]example[.]x+__x+[.]CapitalsEval-[0-9a-f]{8}")
                .hasSize(69);
    }

    @Test
    void ids_that_differ_in_case_or_normal_form_only_do_not_collide() {
        var ids = Stream.of("peru", "Peru", "PERU", "\u00e9", "e\u0301", "e", "a/b", "a_b", "a\\b", "x ", "x", "x.");

        assertThat(ids.map(FileName::of).map(name -> name.toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_plain_text_is_its_own_name() {
        assertThat(FileName.plain("3-polite-1")).isEqualTo("3-polite-1");
    }
}

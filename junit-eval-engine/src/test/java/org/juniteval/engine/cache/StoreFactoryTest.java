package org.juniteval.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreFactoryTest {

    private static Store at(String address) {
        return StoreFactory.storeAt(URI.create(address), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host", "https://host:8443/a/b/", "HTTP://host/"})
    void http_and_https_are_built_in(String address) {
        assertThat(at(address)).isInstanceOf(HttpStore.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http:///path", "https:host", "http://ho_st/", "http://host/?key=secret", "http://host/#a"})
    void an_address_that_is_none_for_them_is_refused_without_showing_it(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at(address))
                .withMessage("http[s]://host[:port]/path, without ? and #");
    }

    @Test
    void what_a_team_brings_along_is_found() {
        assertThat(at("memory://ours")).isInstanceOf(MemoryStore.class);
    }

    @Test
    void and_comes_before_what_is_built_in() {
        assertThat(at("https://memory.invalid/")).isInstanceOf(MemoryStore.class);
    }

    @Test
    void a_scheme_that_nobody_knows_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at("s3://secret-bucket"))
                .withMessage("http, https, and what a StoreFactory on the class path knows; none of them knows s3");
    }
}

package org.juniteval.engine.cache;

import java.util.Objects;

/**
 * Who asks a store at an address. Never shown: no warning, record or report names the password.
 *
 * @param user the name, not empty
 * @param password the secret that belongs to it
 */
public record Credentials(String user, String password) {

    /** Both are there. */
    public Credentials {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}

package org.juniteval.engine.cache;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Makes the store behind an address, the value of {@code eval.cache.url}. Factories are found by
 * {@link java.util.ServiceLoader}, so a team brings its own by a line in
 * {@code META-INF/services/org.juniteval.engine.cache.StoreFactory}; it is asked before the built-in one, which serves
 * {@code http} and {@code https}.
 *
 * <p>The store is used behind the local one: it is asked for what is missing there, its answers are kept there, leases
 * and near entries are looked for there only. It is used by many threads at once, and has to give up by itself on a
 * server that does not answer: a lookup holds up the sample that needs it.
 */
public interface StoreFactory {

    /**
     * The store at an address. Nothing is touched before the store's first use: an address may be opened only to see
     * whether it is one.
     *
     * @param address absolute, without user information
     * @param credentials what {@code eval.cache.user} and {@code eval.cache.password} say, if they do
     * @return empty where another factory may know what to do with such an address
     * @throws IllegalArgumentException if the address is one of this factory's, but a wrong one; the message says what
     *     is allowed
     */
    Optional<Store> open(URI address, Optional<Credentials> credentials);

    /**
     * The store of the first factory on the class path that knows the address.
     *
     * @throws IllegalArgumentException if none does, or if it finds the address wrong; the message says what is
     *     allowed, without the address
     */
    static Store storeAt(URI address, Optional<Credentials> credentials) {
        List<StoreFactory> factories = new ArrayList<>();
        try {
            ServiceLoader.load(StoreFactory.class).forEach(factories::add);
        } catch (ServiceConfigurationError bad) {
            throw new IllegalArgumentException("what every factory on the class path can be asked for: " + bad, bad);
        }
        return factories.stream()
                .sorted(Comparator.comparing(HttpStoreFactory.class::isInstance))
                .flatMap(factory -> factory.open(address, credentials).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "http, https, and what a StoreFactory on the class path knows; none of them knows "
                                + address.getScheme()));
    }
}

package org.juniteval.engine.cache;

import java.net.URI;
import java.util.Optional;

/** Makes the stores of {@code http} and {@code https} addresses. */
public final class HttpStoreFactory implements StoreFactory {

    /** For the service loader. */
    public HttpStoreFactory() {}

    @Override
    public Optional<Store> open(URI address, Optional<Credentials> credentials) {
        if (!"http".equalsIgnoreCase(address.getScheme()) && !"https".equalsIgnoreCase(address.getScheme())) {
            return Optional.empty();
        }
        if (address.getHost() == null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException("http[s]://host[:port]/path, without ? and #");
        }
        return Optional.of(new HttpStore(address, credentials));
    }
}

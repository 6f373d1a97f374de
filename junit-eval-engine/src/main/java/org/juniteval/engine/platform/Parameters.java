package org.juniteval.engine.platform;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.ConfigurationParameters;
import org.juniteval.engine.run.OutputCapture;
import org.juniteval.engine.run.Settings;

/**
 * Configuration parameters with the environment ranked above {@code junit-platform.properties}. The Platform ranks
 * launcher, system properties, file, and does not say where a value came from; so the file is read here as well: a value
 * that the file has, and no system property, gives way to the environment.
 */
final class Parameters {

    private static final String FILE = "junit-platform.properties";
    private static final String PREFIX = "eval.";
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private final ConfigurationParameters platform;
    private final Map<String, String> environment;
    private final Properties file;

    Parameters(ConfigurationParameters platform) {
        this(platform, System.getenv(), readFile());
    }

    Parameters(ConfigurationParameters platform, Map<String, String> environment, Properties file) {
        this.platform = platform;
        this.environment = environment;
        this.file = file;
    }

    Optional<String> get(String key) {
        Optional<String> value = platform.get(key);
        boolean fromFile = value.isPresent()
                && System.getProperty(key) == null
                && Objects.equals(value.get(), file.getProperty(key));
        return value.isEmpty() || fromFile
                ? Optional.ofNullable(environment.get(variable(key))).or(() -> value)
                : value;
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** A key that nobody reads is a typing error: each is told once a JVM. */
    void warnOfUnknownKeys() {
        Set<String> keys = new TreeSet<>(platform.keySet());
        keys.addAll(System.getProperties().stringPropertyNames());
        for (String key : keys) {
            if (key.startsWith(PREFIX) && !Settings.KEYS.contains(key) && WARNED.add(key)) {
                OutputCapture.err()
                        .println("junit-eval: nobody reads the configuration key " + key + "; did you mean "
                                + Settings.nearest(key) + "?");
            }
        }
    }

    private static Properties readFile() {
        Properties properties = new Properties();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream stream =
                loader == null ? ClassLoader.getSystemResourceAsStream(FILE) : loader.getResourceAsStream(FILE)) {
            if (stream != null) {
                properties.load(stream);
            }
        } catch (IOException unreadable) {
            // the Platform has said so
        }
        return properties;
    }
}

package org.juniteval.engine.fingerprint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The project's providers of services: classes that nothing mentions but a file in {@code META-INF/services}. */
final class Services {

    private static final String FOLDER = "META-INF/services/";

    private final Map<String, Set<String>> providers = new TreeMap<>();
    private final Classes classes;
    private final LibraryJars jars;

    Services(ProjectFiles files, Classes classes, LibraryJars jars) {
        this.classes = classes;
        this.jars = jars;
        files.resources().subMap(FOLDER, FOLDER + Character.MAX_VALUE).forEach((path, location) -> {
            String service = path.substring(FOLDER.length());
            if (!service.startsWith("org.junit.") && !service.startsWith("org.juniteval.")) {
                providers.put(service, namesIn(new String(location.read(), UTF_8)));
            }
        });
    }

    private static Set<String> namesIn(String file) {
        Set<String> names = new TreeSet<>();
        file.lines()
                .map(line -> line.replaceFirst("#.*", "").trim().replace('.', '/'))
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return names;
    }

    /** The service's file, if the project has one, and the providers that it names. */
    Map<String, Set<String>> providersOf(String serviceType) {
        String service = serviceType.replace('/', '.');
        return providers.containsKey(service) ? Map.of(FOLDER + service, providers.get(service)) : Map.of();
    }

    /** The providers that a library may load on its own: those of services of the JDK and of the jars that are used. */
    Map<String, Set<String>> providersReachedBy(Set<String> libraryTypes) {
        Map<String, Set<String>> reached = new TreeMap<>();
        providers.forEach((service, names) -> {
            String type = service.replace('.', '/');
            if (!classes.isProject(type)) {
                Optional<Path> jar = jars.jarOf(type);
                if (jar.isEmpty()
                        || libraryTypes.stream()
                                .anyMatch(used -> jars.jarOf(used).equals(jar))) {
                    reached.put(FOLDER + service, names);
                }
            }
        });
        return reached;
    }
}

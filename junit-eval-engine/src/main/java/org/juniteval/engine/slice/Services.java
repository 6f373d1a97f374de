package org.juniteval.engine.slice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.juniteval.engine.slice.ProjectFiles.Content;

/** The project's providers of services: classes that nothing mentions but a file in {@code META-INF/services}. */
final class Services {

    private static final String FOLDER = "META-INF/services/";

    private final Map<String, Set<String>> providers = new TreeMap<>();
    private final Classes classes;
    private final LibraryJars jars;

    Services(ProjectFiles files, Classes classes, LibraryJars jars) {
        this.classes = classes;
        this.jars = jars;
        for (Map.Entry<String, Content> file :
                files.resources().subMap(FOLDER, FOLDER + Character.MAX_VALUE).entrySet()) {
            String service = file.getKey().substring(FOLDER.length());
            if (!service.startsWith("org.junit.") && !service.startsWith("org.juniteval.")) {
                providers.put(service, namesIn(new String(file.getValue().read(), UTF_8)));
            }
        }
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
        for (Map.Entry<String, Set<String>> provider : providers.entrySet()) {
            String type = provider.getKey().replace('.', '/');
            if (!classes.isProject(type) && (jars.jarOf(type).isEmpty() || isUsed(jars.jarOf(type), libraryTypes))) {
                reached.put(FOLDER + provider.getKey(), provider.getValue());
            }
        }
        return reached;
    }

    private boolean isUsed(Optional<Path> jar, Set<String> libraryTypes) {
        for (String used : libraryTypes) {
            if (jars.jarOf(used).equals(jar)) {
                return true;
            }
        }
        return false;
    }
}

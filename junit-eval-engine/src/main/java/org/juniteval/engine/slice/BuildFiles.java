package org.juniteval.engine.slice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.juniteval.engine.fingerprint.Sha256;

/**
 * What tells a compiler how to compile a module: the build files of its folder and of those above.
 *
 * @param text a line for each file: what it says, as a hash
 * @param newest since when they have said so
 */
record BuildFiles(String text, FileTime newest) {

    private static final String POM = "pom.xml";

    private static final List<String> FILES = List.of(
            POM,
            ".mvn/maven.config",
            ".mvn/extensions.xml",
            "build.gradle",
            "build.gradle.kts",
            "settings.gradle",
            "settings.gradle.kts",
            "gradle.properties",
            "lombok.config");

    /** Folders of build logic. */
    private static final List<String> FOLDERS = List.of("gradle", "buildSrc", "build-logic");

    private static final Set<String> LOGIC = Set.of("gradle", "kts", "toml", "java", "kt", "groovy", "properties");

    private static final List<String> ENDS_OF_BUILD = List.of(".git", ".mvn", "settings.gradle", "settings.gradle.kts");

    /** The build files that speak to the module in this folder. */
    static BuildFiles of(Path module) {
        StringBuilder text = new StringBuilder();
        List<FileTime> stamps = new ArrayList<>();
        Path folder = module;
        boolean last = false;
        while (folder != null && !last) {
            for (SortedMap.Entry<String, Path> file : filesIn(folder).entrySet()) {
                stamps.add(Stamp.of(file.getValue()));
                text.append(file.getKey())
                        .append(' ')
                        .append(hash(file.getValue()))
                        .append('\n');
            }
            Path at = folder;
            last = ENDS_OF_BUILD.stream().anyMatch(name -> Files.exists(at.resolve(name)));
            folder = folder.getParent();
        }
        return new BuildFiles(text.toString(), Stamp.newest(stamps));
    }

    private static SortedMap<String, Path> filesIn(Path folder) {
        SortedMap<String, Path> files = new TreeMap<>();
        for (String name : FILES) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                files.put(name, file);
            }
        }
        for (String name : FOLDERS) {
            Path logic = folder.resolve(name);
            if (Files.isDirectory(logic)) {
                try (Stream<Path> all = Files.walk(logic)) {
                    all.filter(BuildFiles::isLogic)
                            .filter(Files::isRegularFile)
                            .forEach(file ->
                                    files.put(folder.relativize(file).toString().replace('\\', '/'), file));
                } catch (IOException e) {
                    files.put(name, logic); // of which neither hash nor date can be told
                }
            }
        }
        return files;
    }

    private static boolean isLogic(Path file) {
        String name = file.getFileName().toString();
        return LOGIC.contains(name.substring(name.lastIndexOf('.') + 1))
                && !file.toString().contains(".gradle/");
    }

    private static String hash(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            return Sha256.of(file.endsWith(POM) ? pom(content) : content);
        } catch (IOException e) {
            return "unreadable";
        }
    }

    private static byte[] pom(byte[] content) {
        try {
            XMLInputFactory factory = XMLInputFactory.newInstance();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(content));
            while (xml.next() != XMLStreamReader.START_ELEMENT) {
                // comments
            }
            return Element.read(xml).withoutCompiler().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        } catch (XMLStreamException e) {
            return content; // the build itself says what is wrong with its pom
        }
    }

    /** An element of a pom. */
    private record Element(String name, String text, List<Element> children) {

        private static final String PROPERTY = "maven.compiler.";

        /** What brings a compiler. Elsewhere below the plugin a version is that of an annotation processor. */
        private static final Set<String> OF_PLUGIN = Set.of("version", "dependencies");

        /** Which compiler compiles, and what it warns of: the very thing that may differ while the code means the same. */
        private static final Set<String> OF_COMPILER = Set.of(
                "compilerId",
                "compilerVersion",
                "executable",
                "fork",
                "jdkToolchain",
                "source",
                "target",
                "release",
                "testSource",
                "testTarget",
                "testRelease",
                "debug",
                "debuglevel",
                "parameters", // seen in the class files
                "forceJavacCompilerUse",
                "forceLegacyJavacApi",
                "failOnWarning",
                "failOnError",
                "showWarnings",
                "showDeprecation",
                "verbose",
                "optimize",
                "useIncrementalCompilation");

        /** Arguments by which code means the same. */
        private static final List<String> OF_NO_MEANING = List.of(
                "-Xlint",
                "-Xdoclint",
                "-Xmax",
                "-Xdiags",
                "-W",
                "-g",
                "-warn",
                "-err",
                "-nowarn",
                "-J",
                "-parameters",
                "-proceedOnError");

        /** Plugins that choose JDKs, or run what was compiled. */
        private static final Set<String> OF_NO_COMPILER =
                Set.of("maven-toolchains-plugin", "maven-surefire-plugin", "maven-failsafe-plugin");

        static Element read(XMLStreamReader xml) throws XMLStreamException {
            String name = xml.getLocalName();
            StringBuilder text = new StringBuilder();
            List<Element> children = new ArrayList<>();
            for (int event = xml.next(); event != XMLStreamReader.END_ELEMENT; event = xml.next()) {
                if (event == XMLStreamReader.START_ELEMENT) {
                    children.add(read(xml));
                } else if (event == XMLStreamReader.CHARACTERS || event == XMLStreamReader.CDATA) {
                    text.append(xml.getText().strip());
                }
            }
            return new Element(name, text.toString(), children);
        }

        String withoutCompiler() {
            return content(false);
        }

        /** An element of which nothing is left is left out, as it is from a pom that never chose. */
        private String content(boolean ofCompiler) {
            boolean inCompiler = ofCompiler || isPlugin("maven-compiler-plugin");
            StringBuilder content = new StringBuilder();
            for (Element child : children) {
                String inside = child.chooses(name, inCompiler) ? "" : child.content(inCompiler);
                boolean emptyFromTheStart = child.children.isEmpty() && !child.chooses(name, inCompiler);
                if (!inside.isEmpty() || emptyFromTheStart) {
                    content.append('<')
                            .append(child.name)
                            .append('>')
                            .append(inside)
                            .append("</>\n");
                }
            }
            return text + content;
        }

        private boolean chooses(String parent, boolean inCompiler) {
            return inCompiler && parent.equals("plugin") && OF_PLUGIN.contains(name)
                    || inCompiler && parent.equals("configuration") && OF_COMPILER.contains(name)
                    || parent.equals("properties")
                            && name.startsWith(PROPERTY)
                            && OF_COMPILER.contains(name.substring(PROPERTY.length()))
                    || inCompiler
                            && parent.equals("compilerArgs")
                            && OF_NO_MEANING.stream().anyMatch(text::startsWith)
                    || OF_NO_COMPILER.stream().anyMatch(this::isPlugin);
        }

        private boolean isPlugin(String artifact) {
            return name.equals("plugin")
                    && children.stream()
                            .anyMatch(child -> child.name.equals("artifactId") && child.text.equals(artifact));
        }
    }
}

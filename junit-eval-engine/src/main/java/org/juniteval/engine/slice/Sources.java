package org.juniteval.engine.slice;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.juniteval.engine.fingerprint.Sha256;
import org.juniteval.engine.slice.SourceFiles.Mentions;
import org.juniteval.engine.slice.SourceFiles.Source;
import org.objectweb.asm.Opcodes;

/**
 * The sources that a slice was compiled of, by which it has a name that does not depend on the compiler.
 *
 * <p>Equal names must mean equal behaviour, so a name covers all that a compiler looks at to make the reached classes:
 *
 * <ul>
 *   <li>the sources of the reached classes and, over and over, those of every type of the project whose simple name is a
 *       word in one of them. A constant is copied into the class that uses it, through any number of classes, and none
 *       of them needs to be in the slice; but to use it a source must name the type that declares it, or one that
 *       inherits it, and the source of that type is among these;
 *   <li>the jars that hold types named there, and what these inherit from, by content, for the same reason; and those
 *       that the slice mentions, because their code runs;
 *   <li>the build files: arguments, encodings and processors. Which compiler they choose is left out;
 *   <li>reached classes in jars that were built elsewhere, as they are;
 *   <li>whether the class files have the names of parameters where reflection may ask for them.
 * </ul>
 *
 * <p>Comments and white space are not covered: a compiler sees neither.
 *
 * <p>There is no name where that cannot be known: a class that is not in Java, a source that is not there, two that
 * differ, a class file of which it is not proven that it was compiled of what stands in the sources now. There are two
 * proofs. One is time: the class file is younger than everything that a compiler looks at to make it. (What it looks at
 * of another source are the signatures and constants, not the bodies of methods.) This holds after a full build. IDEs
 * compile only what an edit affects and leave the rest as it was; so the other proof is that the same class file was
 * proven to be compiled of the same before.
 */
public final class Sources {

    private final SourceFiles sources;
    private final Classes classes;
    private final LibraryJars jars;
    private final String roots;
    private final List<ClassFile> types;
    private final Set<String> libraryTypes;
    private final Set<MethodId> onShow;

    Sources(SourceFiles sources, Classes classes, LibraryJars jars, String roots, Reached reached) {
        this.sources = sources;
        this.classes = classes;
        this.jars = jars;
        this.roots = roots;
        this.types = reached.types.stream().sorted().toList();
        this.libraryTypes = Set.copyOf(reached.libraryTypes);
        this.onShow = reached.methodsOnShow.stream().map(method -> method.id).collect(Collectors.toUnmodifiableSet());
    }

    /** Where the slice begins: slices that begin elsewhere have other names, though of the same sources. */
    public String roots() {
        return roots;
    }

    /** Tells whether the reached classes are those of an earlier run, as they were compiled; reads no source. */
    public String classFiles() {
        StringBuilder text = new StringBuilder();
        types.forEach(type ->
                text.append(type.checksum).append(' ').append(type.name()).append('\n'));
        return Sha256.of(text.toString());
    }

    /**
     * Reads the sources; empty where nothing proves that the classes were compiled of them.
     *
     * @param compiled the marks of class files for which it was proven before
     */
    public Optional<SourceName> name(Set<String> compiled) {
        synchronized (sources) {
            return new Reading(compiled).name();
        }
    }

    /** Whether the slices begin at the same places and reach the same types. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Sources that
                && roots.equals(that.roots)
                && names().equals(that.names())
                && libraryTypes.equals(that.libraryTypes)
                && onShow.equals(that.onShow);
    }

    @Override
    public int hashCode() {
        return Objects.hash(roots, names(), libraryTypes, onShow);
    }

    @Override
    public String toString() {
        return names().toString();
    }

    private List<String> names() {
        return types.stream().map(ClassFile::name).toList();
    }

    /** A set of sources with all that they are compiled against. */
    private static final class Closure {
        final Set<Source> sources = new LinkedHashSet<>();
        final Set<Path> jars = new TreeSet<>();
        boolean hasUnknown;

        static Closure of(Collection<Source> start, Function<Source, Mentions> mentionsOf) {
            Closure closure = new Closure();
            Deque<Source> todo = new ArrayDeque<>();
            start.stream().filter(closure.sources::add).forEach(todo::add);
            while (!todo.isEmpty()) {
                Mentions mentions = mentionsOf.apply(todo.pop());
                closure.hasUnknown |= mentions.hasUnknown;
                closure.jars.addAll(mentions.jars);
                mentions.sources.stream().filter(closure.sources::add).forEach(todo::add);
            }
            return closure;
        }
    }

    private final class Reading {
        private final Set<String> before;
        private final Set<String> marks = new HashSet<>();
        private final Map<Source, Closure> compiledAgainst = new HashMap<>();

        Reading(Set<String> before) {
            this.before = before;
        }

        Optional<SourceName> name() {
            Set<Source> own = new LinkedHashSet<>();
            Set<BuildFiles> builds = new HashSet<>();
            Set<String> withParameterNames = new TreeSet<>();
            SortedMap<String, String> packed = new TreeMap<>();
            for (ClassFile type : types) {
                String name = type.name();
                Optional<Path> folder = sources.folderOf(name);
                if (folder.isEmpty()) {
                    packed.put(name, classes.fileHash(name));
                    continue;
                }
                Optional<Source> source = sources.of(name);
                if (source.isEmpty()) {
                    return Optional.empty();
                }
                BuildFiles build = sources.buildOf(folder.get());
                if (!isCompiled(name, folder.get(), source.get(), build)) {
                    return Optional.empty();
                }
                own.add(source.get());
                builds.add(build);
                if (hasParameterNames(type)) {
                    withParameterNames.add(source.get().path);
                }
            }
            Closure all = Closure.of(own, Source::mentions);
            return all.hasUnknown
                    ? Optional.empty()
                    : Optional.of(new SourceName(
                            Sha256.of(text(all, builds, withParameterNames) + Slice.text(packed)), marks));
        }

        private boolean isCompiled(String type, Path folder, Source source, BuildFiles build) {
            Closure against = compiledAgainst.computeIfAbsent(
                    source,
                    start -> Closure.of(
                            List.of(start), other -> other == start ? other.mentions() : other.interfaceMentions()));
            if (against.hasUnknown) {
                return false;
            }
            StringBuilder text = new StringBuilder(build.text());
            text.append(source.text.hash()).append(' ').append(source.path).append('\n');
            Map<String, String> faces = new TreeMap<>();
            List<FileTime> stamps = new ArrayList<>(List.of(build.newest(), sources.stampOf(against.jars)));
            for (Source other : against.sources) {
                stamps.add(other.stamp);
                faces.put(other.path, other.text.interfaceHash());
            }
            faces.putAll(jars.hashes(against.jars));
            text.append(Slice.text(new TreeMap<>(faces)));
            String mark = Sha256.of(type + " " + classes.fileHash(type) + "\n" + text);
            FileTime made = sources.stampOfClass(folder, type);
            boolean proven = made.compareTo(Stamp.newest(stamps)) > 0 || before.contains(mark);
            marks.add(mark);
            return proven;
        }

        private String text(Closure all, Set<BuildFiles> builds, Set<String> withParameterNames) {
            TreeMap<String, String> hashes = new TreeMap<>();
            all.sources.forEach(source -> hashes.put(source.path, source.text.hash()));
            hashes.putAll(jars.hashes(all.jars));
            hashes.putAll(jars.of(libraryTypes));
            StringBuilder text = new StringBuilder("1\n").append(roots).append(Slice.text(hashes));
            builds.stream().map(BuildFiles::text).sorted().forEach(text::append);
            withParameterNames.forEach(
                    path -> text.append("parameters of ").append(path).append('\n'));
            return text.toString();
        }
    }

    /** Compilers write some names unasked: those of a record's components, and others that they mark as their own. */
    private boolean hasParameterNames(ClassFile type) {
        return type.node.methods.stream()
                .filter(method -> onShow.contains(new MethodId(type.name(), method.name + method.desc)))
                .filter(method -> method.parameters != null
                        && !(type.node.recordComponents != null && method.name.equals("<init>")))
                .flatMap(method -> method.parameters.stream())
                .anyMatch(parameter -> parameter.name != null
                        && !ClassFile.is(parameter.access, Opcodes.ACC_SYNTHETIC | Opcodes.ACC_MANDATED));
    }
}

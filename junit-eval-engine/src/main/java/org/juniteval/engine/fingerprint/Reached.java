package org.juniteval.engine.fingerprint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LineNumberNode;

/** What a walk has found so far. */
final class Reached {

    /** A place in the sources. */
    record Place(String file, int line) implements Comparable<Place> {

        static Place of(AbstractInsnNode instruction, ClassFile owner) {
            for (AbstractInsnNode before = instruction; before != null; before = before.getPrevious()) {
                if (before instanceof LineNumberNode number) {
                    return new Place(owner.sourceFile(), number.line);
                }
            }
            return new Place(owner.sourceFile(), 0);
        }

        @Override
        public int compareTo(Place other) {
            int byFile = file.compareTo(other.file);
            return byFile != 0 ? byFile : Integer.compare(line, other.line);
        }

        @Override
        public String toString() {
            return line == 0 ? file : file + ":" + line;
        }
    }

    /** A call whose outcome no class file tells. */
    record Spot(Place place, String what) implements Comparable<Spot> {

        @Override
        public int compareTo(Spot other) {
            int byPlace = place.compareTo(other.place);
            return byPlace != 0 ? byPlace : what.compareTo(other.what);
        }
    }

    /** An assignment to a field of the suite. */
    record Write(MethodId by, ProjectField field, Place place) {}

    /** The suite's class and everything that it inherits from. */
    final Set<String> suite = new HashSet<>();

    final Set<ProjectMethod> methods = new HashSet<>();
    final Set<ProjectField> fields = new HashSet<>();
    final Set<ClassFile> types = new HashSet<>();

    /** Methods and fields that reflection may look at. */
    final Set<ProjectMethod> methodsOnShow = new HashSet<>();

    final Set<ProjectField> fieldsOnShow = new HashSet<>();

    /** What can run when a method is called; between methods stand also the ids by which a walk bundles many edges. */
    private final Map<MethodId, Set<MethodId>> callees = new HashMap<>();

    final List<Write> writes = new ArrayList<>();

    final Set<String> constants = new HashSet<>();

    /** Names of which parts are known only at run time; each such part is a {@link Resources#GAP}. */
    final Set<String> recipes = new TreeSet<>();

    final Set<String> libraryTypes = new HashSet<>();

    /** What no class file tells, besides names of files. */
    final Set<Spot> notSeen = new TreeSet<>();

    final FileNames fileNames;

    /** Whether a framework looks for further classes on its own. */
    boolean classPathScans;

    /** Folders of classes that only tell where a resource lies. */
    final Set<String> places = new HashSet<>();

    Reached(Classes classes) {
        fileNames = new FileNames(classes);
    }

    /** The packages of all types, as folders with a slash at their end. */
    Set<String> folders() {
        Set<String> folders = new TreeSet<>(places);
        for (ClassFile type : types) {
            folders.add(type.folder());
        }
        folders.remove("");
        return folders;
    }

    /** Remembers that one method leads to another; false where that was known. */
    boolean leads(MethodId from, MethodId to) {
        Set<MethodId> known = callees.get(from);
        if (known == null) {
            known = new HashSet<>();
            callees.put(from, known);
        }
        return known.add(to);
    }

    /** Blind spots by place. */
    List<NotSeen> blindSpots(Set<Spot> filesNotNamed) {
        Set<Spot> all = new TreeSet<>(notSeen);
        all.addAll(filesNotNamed);
        List<NotSeen> blindSpots = new ArrayList<>();
        for (Spot spot : all) {
            blindSpots.add(new NotSeen(spot.what(), spot.place().toString()));
        }
        return blindSpots;
    }

    /** The assignments to the suite's fields, outside of its constructors, that the given methods lead to. */
    List<FieldWrite> writesBy(Set<MethodId> methods) {
        if (writes.isEmpty()) {
            return List.of();
        }
        Set<MethodId> reachable = reachableFrom(methods);
        return writes.stream()
                .filter(write -> reachable.contains(write.by()))
                .filter(write -> !write.by().isInitialiser())
                .sorted(Comparator.comparing(Write::place).thenComparing(Write::field))
                .map(write -> new FieldWrite(write.field().name(), write.place().toString()))
                .distinct()
                .toList();
    }

    /** The methods that can run when one of the given ones is called. */
    private Set<MethodId> reachableFrom(Set<MethodId> roots) {
        Set<MethodId> reachable = new HashSet<>(roots);
        ArrayDeque<MethodId> todo = new ArrayDeque<>(roots);
        while (!todo.isEmpty()) {
            for (MethodId callee : callees.getOrDefault(todo.pop(), Set.of())) {
                if (reachable.add(callee)) {
                    todo.push(callee);
                }
            }
        }
        return reachable;
    }
}

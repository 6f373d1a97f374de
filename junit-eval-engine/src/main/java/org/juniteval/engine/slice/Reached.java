package org.juniteval.engine.slice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
    record Write(MethodId by, ProjectField field, Place place) implements Comparable<Write> {

        /** By place and field: who assigns is not told. */
        @Override
        public int compareTo(Write other) {
            int byPlace = place.compareTo(other.place);
            return byPlace != 0 ? byPlace : field.compareTo(other.field);
        }
    }

    /** The suite's class and everything that it inherits from. */
    final Set<String> suite = new HashSet<>();

    final Set<ProjectMethod> methods = new HashSet<>();
    final Set<ProjectField> fields = new HashSet<>();
    final Set<ClassFile> types = new HashSet<>();

    /** Methods and fields that reflection may look at. */
    final Set<ProjectMethod> methodsOnShow = new HashSet<>();

    final Set<ProjectField> fieldsOnShow = new HashSet<>();

    /** Types whose fields reflection may list. */
    final Set<ClassFile> typesOnShow = new HashSet<>();

    /** Anonymous types of which an object may come from elsewhere than the reached code. */
    final Set<ClassFile> fromElsewhere = new HashSet<>();

    /**
     * Which method leads to which, in pairs; among the methods are also the ids by which a walk bundles many edges. Only
     * sorted out where it is asked for: few suites write to their fields.
     */
    private final List<MethodId> edges = new ArrayList<>();

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

    /** Remembers that one method leads to another. */
    void leads(MethodId from, MethodId to) {
        edges.add(from);
        edges.add(to);
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
        Set<Write> sorted = new TreeSet<>();
        for (Write write : writes) {
            if (reachable.contains(write.by()) && !write.by().isInitialiser()) {
                sorted.add(write);
            }
        }
        Set<FieldWrite> told = new LinkedHashSet<>();
        for (Write write : sorted) {
            told.add(new FieldWrite(write.field().name(), write.place().toString()));
        }
        return List.copyOf(told);
    }

    /** The methods that can run when one of the given ones is called. */
    private Set<MethodId> reachableFrom(Set<MethodId> roots) {
        Map<MethodId, Set<MethodId>> callees = new HashMap<>();
        for (int i = 0; i < edges.size(); i += 2) {
            Set<MethodId> known = callees.get(edges.get(i));
            if (known == null) {
                known = new HashSet<>();
                callees.put(edges.get(i), known);
            }
            known.add(edges.get(i + 1));
        }
        Set<MethodId> reachable = new HashSet<>(roots);
        List<MethodId> todo = new ArrayList<>(roots);
        while (!todo.isEmpty()) {
            for (MethodId callee : callees.getOrDefault(todo.remove(todo.size() - 1), Set.of())) {
                if (reachable.add(callee)) {
                    todo.add(callee);
                }
            }
        }
        return reachable;
    }
}

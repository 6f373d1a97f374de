package org.juniteval.engine.fingerprint;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.juniteval.engine.fingerprint.Initialiser.Run;
import org.juniteval.engine.fingerprint.Reached.FieldId;
import org.juniteval.engine.fingerprint.Reached.MethodId;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** The reached code as named texts: one for each type, method and field. */
final class Parts {

    private final Classes classes;
    private final Reached reached;
    private final NormalForm normal;
    private final Map<MethodNode, String> known;
    private final SortedMap<String, String> texts = new TreeMap<>();
    private int methods;

    /** @param known the hashes of methods, which no slice changes; added to */
    Parts(Classes classes, Reached reached, Map<MethodNode, String> known) {
        this.classes = classes;
        this.reached = reached;
        this.known = known;
        this.normal = new NormalForm(classes::get);
        new TreeSet<>(reached.types).forEach(this::addType);
        new TreeSet<>(reached.methods).forEach(this::addMethod);
        new TreeSet<>(reached.fields).forEach(this::addField);
    }

    /** How many methods were written in the sources. */
    int methods() {
        return methods;
    }

    /** Readable name and SHA-256 of each part. */
    SortedMap<String, String> hashes() {
        SortedMap<String, String> hashes = new TreeMap<>();
        texts.forEach((name, text) -> hashes.put(name, Sha256.of(text)));
        return hashes;
    }

    private void add(String name, String text) {
        texts.merge(name, text, String::concat);
    }

    private void addType(String name) {
        ClassFile type = classes.get(name);
        if (type.isAnonymous()) {
            return; // part of the method that makes it
        }
        add(readable(name), normal.type(type, !reached.suite.contains(name)));
        MethodNode initialiser = type.method("<clinit>()V");
        if (initialiser != null) {
            String text = normal.runs(initialiser, common(type, initialiser));
            if (!text.equals(NormalForm.RETURN)) {
                add(readable(name) + ".<static>", text);
            }
        }
    }

    private static List<Run> common(ClassFile type, MethodNode initialiser) {
        return type.initialiser(initialiser).runs().stream()
                .filter(run -> !run.belongsToFields())
                .toList();
    }

    private void addMethod(MethodId id) {
        ClassFile owner = classes.get(id.owner());
        MethodNode method = owner.method(id.signature());
        if (!ClassFile.is(method.access, Opcodes.ACC_SYNTHETIC | Opcodes.ACC_ABSTRACT)) {
            methods++;
        }
        if (owner.isAnonymous()) {
            return;
        }
        String hash = known.computeIfAbsent(method, m -> Sha256.of(text(owner, m)));
        add(readable(owner, method), reached.methodsOnShow.contains(id) ? normal.face(method) + hash : hash);
    }

    private String text(ClassFile owner, MethodNode method) {
        return method.name.equals("<init>")
                ? normal.head(method) + normal.runs(method, common(owner, method))
                : normal.method(method);
    }

    private void addField(FieldId id) {
        ClassFile owner = classes.get(id.owner());
        if (owner.isAnonymous()) {
            return;
        }
        FieldNode field = owner.field(id.name());
        StringBuilder text = new StringBuilder(normal.field(field));
        if (reached.fieldsOnShow.contains(id)) {
            text.append(normal.face(field));
        }
        owner.node.methods.stream()
                .filter(method -> method.name.equals("<clinit>")
                        || method.name.equals("<init>")
                                && reached.methods.contains(new MethodId(id.owner(), method.name + method.desc)))
                .sorted(Comparator.comparing(method -> method.name + method.desc))
                .forEach(method -> text.append(initialValue(owner, method, id.name())));
        add(readable(id.owner()) + "." + id.name(), text.toString());
    }

    private String initialValue(ClassFile owner, MethodNode initialiser, String field) {
        List<Run> runs = owner.initialiser(initialiser).runs().stream()
                .filter(run -> run.fields().contains(field))
                .toList();
        return runs.isEmpty() ? "" : initialiser.desc + normal.runs(initialiser, runs);
    }

    private static String readable(String className) {
        return className.replace('/', '.');
    }

    /** {@code demo.Prompts.render(String, Object)}; a constructor without a name of its own. */
    private static String readable(ClassFile owner, MethodNode method) {
        String parameters = Stream.of(Type.getArgumentTypes(method.desc))
                .map(type -> type.getClassName().substring(type.getClassName().lastIndexOf('.') + 1))
                .collect(Collectors.joining(", ", "(", ")"));
        String name = method.name.equals("<init>") ? "" : "." + method.name;
        return readable(owner.name()) + name + parameters;
    }
}

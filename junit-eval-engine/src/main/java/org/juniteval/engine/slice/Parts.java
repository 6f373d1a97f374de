package org.juniteval.engine.slice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.juniteval.engine.fingerprint.Sha256;
import org.juniteval.engine.slice.Hashes.MethodTexts;
import org.objectweb.asm.Opcodes;

/** The reached code by readable names: one part for each type, method and field. */
final class Parts {

    private final Reached reached;
    private final Hashes known;
    private final SortedMap<String, String> hashes = new TreeMap<>();
    private int methods;

    Parts(Reached reached, Hashes known) {
        this.reached = reached;
        this.known = known;
        for (ClassFile type : reached.types) {
            addType(type);
        }
        addAnonymousFromElsewhere();
        addMethods();
        for (ProjectField field : reached.fields) {
            addField(field);
        }
    }

    /** How many methods were written in the sources. */
    int methods() {
        return methods;
    }

    /** Readable name and SHA-256 of each part. */
    SortedMap<String, String> hashes() {
        return hashes;
    }

    private void addType(ClassFile type) {
        if (type.isAnonymous) {
            return; // part of the method that makes it
        }
        String name = Hashes.readableName(type);
        String hash = known.ofType(type, !reached.suite.contains(type.name()));
        String order = orderOfFields(type);
        hashes.put(name, order.isEmpty() ? hash : Sha256.of(hash + order));
        String staticCode = known.ofStaticCode(type);
        if (!staticCode.isEmpty()) {
            hashes.put(name + ".<static>", staticCode);
        }
    }

    /** Libraries write the fields of an object, and tell a model of them, in the order in which they are declared. */
    private String orderOfFields(ClassFile type) {
        if (!reached.typesOnShow.contains(type)) {
            return "";
        }
        List<String> names = new ArrayList<>();
        for (ProjectField field : type.fields()) {
            if (!field.is(Opcodes.ACC_STATIC) && reached.fields.contains(field)) {
                names.add(field.name());
            }
        }
        return names.size() < 2 ? "" : names.toString();
    }

    /** Who makes an object of them may be in no part. */
    private void addAnonymousFromElsewhere() {
        Map<String, SortedSet<String>> contents = new TreeMap<>();
        for (ClassFile type : reached.fromElsewhere) {
            contents.computeIfAbsent(type.node.outerClass.replace('/', '.'), outer -> new TreeSet<>())
                    .add(known.ofAnonymous(type));
        }
        contents.forEach((outer, all) -> hashes.put(outer + ".<anonymous>", Sha256.of(all.toString())));
    }

    private void addMethods() {
        Map<String, ProjectMethod> byName = new HashMap<>();
        Map<String, SortedSet<MethodId>> sameName = new HashMap<>();
        for (ProjectMethod method : reached.methods) {
            if (!method.is(Opcodes.ACC_SYNTHETIC | Opcodes.ACC_ABSTRACT)) {
                methods++;
            }
            if (method.owner.isAnonymous) {
                continue;
            }
            MethodTexts texts = known.of(method);
            String name = texts.readableName;
            hashes.put(name, texts.hash(reached.methodsOnShow.contains(method)));
            ProjectMethod other = byName.put(name, method);
            if (other != null) {
                SortedSet<MethodId> all = sameName.computeIfAbsent(name, n -> new TreeSet<>());
                all.add(other.id);
                all.add(method.id);
            }
        }
        // a bridge differs in what it returns, and types of two packages may have one simple name
        for (Map.Entry<String, SortedSet<MethodId>> same : sameName.entrySet()) {
            StringBuilder text = new StringBuilder();
            for (MethodId id : same.getValue()) {
                ProjectMethod method = byName.get(same.getKey()).owner.method(id.signature());
                text.append(known.of(method).text(reached.methodsOnShow.contains(method)));
            }
            hashes.put(same.getKey(), Sha256.of(text.toString()));
        }
    }

    private void addField(ProjectField field) {
        if (!field.owner.isAnonymous) {
            hashes.put(
                    Hashes.readableName(field.owner) + "." + field.name(),
                    known.ofField(field, reached.fieldsOnShow.contains(field), reached.methods));
        }
    }
}

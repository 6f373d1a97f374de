package org.juniteval.engine.slice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.juniteval.engine.fingerprint.Sha256;
import org.objectweb.asm.Type;

/** Names of the project's code and hashes of its normal form, worked out once for all slices. Thread-safe. */
final class Hashes {

    private final Classes classes;
    private final Map<String, String> anonymous = new ConcurrentHashMap<>();
    private final Map<ClassFile, String> types = new ConcurrentHashMap<>();
    private final Map<ClassFile, String> typesWithParents = new ConcurrentHashMap<>();
    private final Map<ClassFile, String> staticCode = new ConcurrentHashMap<>();
    private final Map<ProjectMethod, MethodTexts> methods = new ConcurrentHashMap<>();
    private final Map<ProjectField, FieldTexts> fields = new ConcurrentHashMap<>();

    Hashes(Classes classes) {
        this.classes = classes;
    }

    /** A method. */
    static final class MethodTexts {

        /** {@code demo.Prompts.render(String, Object)}; a constructor without a name of its own. */
        final String readableName;

        private final String text;
        private final String face;
        private volatile String hash;
        private volatile String hashOnShow;

        /**
         * @param text what it does, as a hash
         * @param face what reflection sees of it besides
         */
        MethodTexts(String readableName, String text, String face) {
            this.readableName = readableName;
            this.text = text;
            this.face = face;
        }

        /** @param onShow whether reflection may look at the method */
        String text(boolean onShow) {
            return onShow ? face + text : text;
        }

        /** @param onShow whether reflection may look at the method */
        String hash(boolean onShow) {
            String known = onShow ? hashOnShow : hash;
            if (known == null) {
                known = Sha256.of(text(onShow));
                if (onShow) {
                    hashOnShow = known;
                } else {
                    hash = known;
                }
            }
            return known;
        }
    }

    /** A field: what it is, what reflection sees besides, and what each initialiser of the class that assigns it does. */
    private record FieldTexts(
            String own, String face, SortedMap<String, String> initialValues, Map<String, String> hashes) {}

    /** @param withParents whether it matters what it inherits from, beyond the methods that run */
    String ofType(ClassFile type, boolean withParents) {
        Map<ClassFile, String> hashes = withParents ? typesWithParents : types;
        String known = hashes.get(type);
        if (known == null) {
            known = Sha256.of(normalForm().type(type, withParents));
            hashes.put(type, known);
        }
        return known;
    }

    /** The code that runs when the class is loaded, without what only assigns fields; empty if there is none. */
    String ofStaticCode(ClassFile type) {
        String known = staticCode.get(type);
        if (known == null) {
            ProjectMethod initialiser = type.staticInitialiser();
            String text = initialiser == null
                    ? NormalForm.RETURN
                    : normalForm().runs(initialiser.node, withoutFields(initialiser));
            known = text.equals(NormalForm.RETURN) ? "" : Sha256.of(text);
            staticCode.put(type, known);
        }
        return known;
    }

    /** A name by what the class contains. */
    String ofAnonymous(ClassFile type) {
        return normalForm().names(type.name());
    }

    MethodTexts of(ProjectMethod method) {
        MethodTexts known = methods.get(method);
        if (known == null) {
            NormalForm normal = normalForm();
            String text = Sha256.of(
                    method.isConstructor()
                            ? normal.head(method.node) + normal.runs(method.node, withoutFields(method))
                            : normal.method(method.node));
            known = new MethodTexts(readableName(method), text, normal.face(method.node));
            methods.put(method, known);
        }
        return known;
    }

    /**
     * A field with its initial values.
     *
     * @param onShow whether reflection may look at it
     * @param reached the methods of the slice: a constructor that is not among them assigns nothing
     */
    String ofField(ProjectField field, boolean onShow, Set<ProjectMethod> reached) {
        FieldTexts texts = fields.get(field);
        if (texts == null) {
            texts = texts(field);
            fields.put(field, texts);
        }
        StringBuilder text = new StringBuilder(texts.own());
        if (onShow) {
            text.append(texts.face());
        }
        for (Map.Entry<String, String> value : texts.initialValues().entrySet()) {
            ProjectMethod initialiser = field.owner.method(value.getKey());
            if (!initialiser.isConstructor() || reached.contains(initialiser)) {
                text.append(value.getValue());
            }
        }
        String whole = text.toString();
        String known = texts.hashes().get(whole);
        if (known == null) {
            known = Sha256.of(whole);
            texts.hashes().put(whole, known);
        }
        return known;
    }

    private FieldTexts texts(ProjectField field) {
        NormalForm normal = normalForm();
        SortedMap<String, String> initialValues = new TreeMap<>();
        for (ProjectMethod method : field.owner.methods()) {
            if (method.id.isInitialiser()) {
                List<Run> runs = new ArrayList<>();
                for (Run run : method.runs(classes)) {
                    if (run.fields().contains(field.name())) {
                        runs.add(run);
                    }
                }
                if (!runs.isEmpty()) {
                    initialValues.put(method.signature(), method.node.desc + normal.runs(method.node, runs));
                }
            }
        }
        return new FieldTexts(
                normal.field(field.node),
                normal.face(field.node),
                initialValues.isEmpty() ? Collections.emptySortedMap() : initialValues,
                new ConcurrentHashMap<>(2));
    }

    private List<Run> withoutFields(ProjectMethod initialiser) {
        List<Run> runs = new ArrayList<>();
        for (Run run : initialiser.runs(classes)) {
            if (!run.belongsToFields()) {
                runs.add(run);
            }
        }
        return runs;
    }

    private NormalForm normalForm() {
        return new NormalForm(classes, anonymous);
    }

    static String readableName(ClassFile type) {
        return type.name().replace('/', '.');
    }

    private static String readableName(ProjectMethod method) {
        StringBuilder name = new StringBuilder(readableName(method.owner));
        if (!method.isConstructor()) {
            name.append('.').append(method.node.name);
        }
        String separator = "(";
        for (Type parameter : Type.getArgumentTypes(method.node.desc)) {
            String type = parameter.getClassName();
            name.append(separator).append(type, type.lastIndexOf('.') + 1, type.length());
            separator = ", ";
        }
        return name.append(separator.equals("(") ? "()" : ")").toString();
    }
}

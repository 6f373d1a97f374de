package org.juniteval.engine.fingerprint;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.juniteval.engine.fingerprint.Initialiser.Run;
import org.juniteval.engine.fingerprint.Reached.FieldId;
import org.juniteval.engine.fingerprint.Reached.MethodId;
import org.juniteval.engine.fingerprint.Reached.Place;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.RecordComponentNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Finds the methods, fields and types that can play a part when an eval runs.
 *
 * <p>It is a rapid type analysis: a call through a type leads to the methods of those types below it that the reached
 * code instantiates. A plain call graph would keep stale answers, since much of an LLM application is called or read by
 * libraries; so what a library may do by reflection counts as done:
 *
 * <ul>
 *   <li>with an object of the project's: call what overrides a library's method, getters and members with a runtime
 *       annotation; read public fields;
 *   <li>with a class that it was given (a class literal, a name, a type argument): everything.
 * </ul>
 *
 * <p>Where code calls a type of the project of which it instantiates nothing, an object comes from somewhere else, and
 * every class below that type counts.
 */
final class Walk {

    /** Annotations whose frameworks look for further classes on the class path. */
    private static final Set<String> SCANS = Set.of(
            "ComponentScan",
            "SpringBootApplication",
            "SpringBootTest",
            "QuarkusTest",
            "MicronautTest",
            "EnableAutoConfiguration");

    /** Types of libraries that read fields, whatever their access, where code mentions them. */
    private static final Set<String> READ_FIELDS = Set.of(
            "com/google/gson/",
            "com/fasterxml/jackson/annotation/PropertyAccessor",
            "com/fasterxml/jackson/annotation/JsonAutoDetect");

    private final Classes classes;
    private final Services services;
    private final String suiteName;

    /** The suite's class and everything that it inherits from. */
    private final Set<String> suite;

    private final Reached reached = new Reached();

    private final Deque<Runnable> todo = new ArrayDeque<>();
    private final Set<String> instantiated = new TreeSet<>();
    private final Set<String> exposed = new HashSet<>();
    private final Map<String, Set<String>> instantiatedBelow = new HashMap<>();
    private final Set<String> lambdas = new HashSet<>();
    private final Map<String, Map<String, Set<MethodId>>> calls = new TreeMap<>();
    private final Set<String> called = new TreeSet<>();
    private final Set<AbstractInsnNode> scannedRuns = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<MethodNode, Set<MethodId>> inlined = new IdentityHashMap<>();
    private boolean readsPrivateFields;

    Walk(Classes classes, Services services, String suite) {
        this.classes = classes;
        this.services = services;
        this.suiteName = suite;
        this.suite = classes.supertypes(suite);
        MethodId start = new MethodId(suite, "<init>");
        reached.suite.addAll(this.suite);
        instantiate(suite, start);
        reachConstructors(suite, start);
    }

    /** Adds a method from which the walk starts; the suite may override it. */
    void startAt(String owner, String signature) {
        MethodId start = new MethodId(owner, signature);
        dispatch(owner, signature, start);
        if (suite.contains(owner)) {
            dispatch(suiteName, signature, start);
        }
    }

    /** Counts all members of a class that the engine binds data to, or that belongs to a project taken as a whole. */
    void expose(String type) {
        if (classes.isProject(type)) {
            expose(type, new MethodId(type, "<init>"));
        }
    }

    /** Counts what the engine writes of the objects of a class. */
    void instantiate(String type) {
        if (classes.isProject(type)) {
            instantiate(type, new MethodId(type, "<init>"));
        }
    }

    /** Walks to the end. */
    Reached reached() {
        do {
            while (!todo.isEmpty()) {
                todo.pop().run();
            }
            services.providersReachedBy(reached.libraryTypes).forEach(this::exposeProvider);
            if (todo.isEmpty()) {
                instantiateWhatIsCalledButNotMade();
            }
        } while (!todo.isEmpty());
        return reached;
    }

    private void exposeProvider(String serviceFile, Set<String> providers) {
        reached.constants.add(serviceFile);
        providers.forEach(this::expose);
    }

    private void instantiateWhatIsCalledButNotMade() {
        for (String type : List.copyOf(called)) {
            if (!instantiatedBelow.containsKey(type) && !lambdas.contains(type)) {
                called.remove(type);
                for (String below : classes.subtypes(type)) {
                    MethodId by = new MethodId(below, "<init>");
                    instantiate(below, by);
                    reachConstructors(below, by);
                }
            }
        }
    }

    private void reachConstructors(String type, MethodId from) {
        ClassFile file = classes.get(type);
        if (file != null) {
            file.constructors().forEach(constructor -> reach(file, constructor.name + constructor.desc, from));
        }
    }

    // ---- types

    private void touch(ClassFile type) {
        if (!reached.types.add(type.name())) {
            return;
        }
        mention(type.node.superName);
        type.node.interfaces.forEach(this::mention);
        List<AnnotationNode> annotations = Annotations.of(type.node);
        annotations(annotations, type);
        if (annotations.stream().map(Annotations::simpleName).anyMatch("JsonAutoDetect"::equals)) {
            readPrivateFields();
        }
        reached.classPathScans |=
                annotations.stream().map(Annotations::simpleName).anyMatch(SCANS::contains);
        if (type.node.recordComponents != null) {
            for (RecordComponentNode component : type.node.recordComponents) {
                annotations(Annotations.of(component), type);
            }
        }
        MethodNode initialiser = type.method("<clinit>()V");
        if (initialiser != null) {
            MethodId id = new MethodId(type.name(), "<clinit>()V");
            for (Run run : type.initialiser(initialiser).runs()) {
                if (!run.belongsToFields()) {
                    scan(type, initialiser, run, id);
                }
            }
        }
        ClassFile parent = classes.get(type.node.superName);
        if (parent != null) {
            touch(parent);
        }
        if (!suite.contains(type.name())) { // a suite's interfaces may be there for their scorers only
            type.node.interfaces.stream()
                    .map(classes::get)
                    .filter(Objects::nonNull)
                    .forEach(this::touch);
        }
    }

    private void mention(String type) {
        if (type != null && !type.startsWith("[") && !type.startsWith("java/") && !classes.isProject(type)) {
            reached.libraryTypes.add(type);
            if (READ_FIELDS.stream().anyMatch(type::startsWith)) {
                readPrivateFields();
            }
        }
    }

    private void readPrivateFields() {
        if (!readsPrivateFields) {
            readsPrivateFields = true;
            List.copyOf(instantiated).forEach(this::readPrivateFields);
        }
    }

    /** Gson writes what the fields hold, whatever their access; so does Jackson where it is told to. */
    private void readPrivateFields(String name) {
        for (String parent : classes.supertypes(name)) {
            ClassFile file = suite.contains(parent) ? null : classes.get(parent);
            if (file != null) {
                file.node.fields.stream()
                        .filter(field -> !ClassFile.is(field.access, Opcodes.ACC_STATIC | Opcodes.ACC_TRANSIENT))
                        .forEach(field -> read(file, field.name));
            }
        }
    }

    private void instantiate(String name, MethodId from) {
        ClassFile type = classes.get(name);
        if (type == null) {
            mention(name);
            return;
        }
        touch(type);
        if (type.isInterface() || type.isAbstract() && !suite.contains(name)) {
            return;
        }
        boolean isNew = instantiated.add(name);
        for (String signature : classes.overridesOfLibraries(name)) {
            dispatch(name, signature, from);
        }
        if (!isNew) {
            return;
        }
        for (String parent : classes.supertypes(name)) {
            instantiatedBelow.computeIfAbsent(parent, p -> new TreeSet<>()).add(name);
            calls.getOrDefault(parent, Map.of())
                    .forEach((signature, callers) ->
                            List.copyOf(callers).forEach(caller -> dispatch(name, signature, caller)));
            ClassFile file = classes.get(parent);
            if (file != null) {
                show(name, file, from);
            }
        }
        TypeNames.argumentsOfSuperclass(type).forEach(argument -> expose(argument, from));
        if (readsPrivateFields) {
            readPrivateFields(name);
        }
    }

    /** What a library may use of an object without knowing its class. */
    private void show(String name, ClassFile declaring, MethodId from) {
        for (MethodNode method : declaring.node.methods) {
            boolean invited = Annotations.invite(method) && !Members.isEnginesOwn(method, classes);
            if (invited || Members.isAccessor(declaring, method)) {
                String signature = method.name + method.desc;
                reached.methodsOnShow.add(new MethodId(declaring.name(), signature));
                reach(declaring, signature, from);
                if (!method.name.equals("<init>")) {
                    dispatch(name, signature, from);
                }
                if (invited) {
                    // a tool's parameters are made by a library from what the model says
                    typesOf(method).forEach(type -> expose(type, from));
                }
            }
        }
        for (FieldNode field : declaring.node.fields) {
            boolean isPublic =
                    ClassFile.is(field.access, Opcodes.ACC_PUBLIC) && !ClassFile.is(field.access, Opcodes.ACC_STATIC);
            if (isPublic || Annotations.invite(field)) {
                reached.fieldsOnShow.add(new FieldId(declaring.name(), field.name));
                read(declaring, field.name);
            }
        }
    }

    /** Counts a class that a library knows by name: it may use all members, and look at the types in them. */
    private void expose(String name, MethodId from) {
        ClassFile type = classes.get(name);
        if (type == null) {
            mention(name);
            return;
        }
        if (!exposed.add(name)) {
            return;
        }
        instantiate(name, from);
        for (MethodNode method : type.node.methods) {
            if (!NormalForm.isInlined(method)
                    && !method.name.equals("<clinit>")
                    && !Members.isEnginesOwn(method, classes)) {
                String signature = method.name + method.desc;
                reached.methodsOnShow.add(new MethodId(name, signature));
                reach(type, signature, from);
                if (!ClassFile.is(method.access, Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)
                        && !signature.startsWith("<")) {
                    callBelow(name, signature, from);
                }
                typesOf(method).forEach(other -> expose(other, from));
            }
        }
        for (FieldNode field : type.node.fields) {
            reached.fieldsOnShow.add(new FieldId(name, field.name));
            read(type, field.name);
            TypeNames.in(field.signature == null ? field.desc : field.signature).forEach(other -> expose(other, from));
        }
        TypeNames.in(type.node.signature).forEach(other -> expose(other, from));
        for (String parent : classes.supertypes(name)) {
            if (classes.isProject(parent)) {
                expose(parent, from);
            }
        }
        if (type.node.permittedSubclasses != null) {
            type.node.permittedSubclasses.forEach(permitted -> expose(permitted, from));
        }
    }

    private static Set<String> typesOf(MethodNode method) {
        return TypeNames.in(method.signature == null ? method.desc : method.signature);
    }

    private void annotations(List<AnnotationNode> annotations, ClassFile at) {
        for (AnnotationNode annotation : annotations) {
            Annotations.visit(annotation, value -> annotationValue(value, at));
        }
    }

    private void annotationValue(Object value, ClassFile at) {
        MethodId from = new MethodId(at.name(), "<clinit>()V");
        if (value instanceof Type type) {
            TypeNames.in(type.getDescriptor()).forEach(name -> expose(name, from));
        } else if (value instanceof String text) {
            constant(text, from);
        }
    }

    // ---- methods

    /** Queues the method with that signature of the class that declares it. */
    private void reach(ClassFile owner, String signature, MethodId from) {
        MethodNode method = owner.method(signature);
        if (NormalForm.isInlined(method)) {
            if (inlined.computeIfAbsent(method, m -> new HashSet<>()).add(from)) {
                todo.push(() -> scanAll(owner, method, from));
            }
            return;
        }
        MethodId id = new MethodId(owner.name(), signature);
        reached.callees.computeIfAbsent(from, f -> new HashSet<>()).add(id);
        if (reached.methods.add(id)) {
            todo.push(() -> enter(owner, method, id));
        }
    }

    private void enter(ClassFile owner, MethodNode method, MethodId id) {
        touch(owner);
        annotations(Annotations.of(method), owner);
        Annotations.ofParameters(method).forEach(parameter -> annotations(parameter, owner));
        if (method.annotationDefault != null) {
            Annotations.visitValue(method.annotationDefault, value -> annotationValue(value, owner));
        }
        if (method.name.equals("<init>")) {
            for (Run run : owner.initialiser(method).runs()) {
                if (!run.belongsToFields() || isRead(owner, run)) {
                    scan(owner, method, run, id);
                }
            }
        } else {
            scanAll(owner, method, id);
        }
    }

    private boolean isRead(ClassFile owner, Run run) {
        return run.fields().stream().anyMatch(field -> reached.fields.contains(new FieldId(owner.name(), field)));
    }

    /** The method that an object of the given class runs. */
    private void dispatch(String type, String signature, MethodId from) {
        classes.declaring(type, signature).ifPresent(declaring -> reach(declaring, signature, from));
    }

    /** A call that every object below the type may answer. */
    private void callBelow(String type, String signature, MethodId from) {
        Set<MethodId> callers = calls.computeIfAbsent(type, t -> new TreeMap<>())
                .computeIfAbsent(signature, s -> new LinkedHashSet<>());
        if (callers.add(from)) {
            Set<String> below = instantiatedBelow.getOrDefault(type, Set.of());
            List.copyOf(below).forEach(receiver -> dispatch(receiver, signature, from));
        }
    }

    private void call(int opcode, String owner, String signature, MethodId from) {
        if (!classes.isProject(owner)) {
            mention(owner);
            return;
        }
        dispatch(owner, signature, from);
        boolean virtual = opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKEINTERFACE;
        if (virtual) {
            callBelow(owner, signature, from);
            called.add(owner);
        }
    }

    // ---- fields

    private void read(String owner, String field) {
        if (classes.isProject(owner)) {
            classes.declaringField(owner, field).ifPresent(declaring -> read(declaring, field));
        } else {
            mention(owner);
        }
    }

    private void read(ClassFile owner, String name) {
        if (!reached.fields.add(new FieldId(owner.name(), name))) {
            return;
        }
        touch(owner);
        FieldNode field = owner.field(name);
        annotations(Annotations.of(field), owner);
        if (field.value instanceof String text) {
            constant(text, new MethodId(owner.name(), "<clinit>()V"));
        }
        boolean isStatic = ClassFile.is(field.access, Opcodes.ACC_STATIC);
        for (MethodNode method : owner.node.methods) {
            MethodId id = new MethodId(owner.name(), method.name + method.desc);
            if (method.name.equals("<clinit>") || !isStatic && reached.methods.contains(id) && id.isInitialiser()) {
                for (Run run : owner.initialiser(method).runs()) {
                    if (run.fields().contains(name)) {
                        scan(owner, method, run, id);
                    }
                }
            }
        }
    }

    // ---- instructions

    private void scan(ClassFile owner, MethodNode method, Run run, MethodId from) {
        if (scannedRuns.add(run.first())) {
            todo.push(() -> scan(owner, method, run.first(), run.last(), from));
        }
    }

    private void scanAll(ClassFile owner, MethodNode method, MethodId from) {
        method.tryCatchBlocks.forEach(block -> mention(block.type));
        if (method.instructions.size() > 0) {
            scan(owner, method, method.instructions.getFirst(), method.instructions.getLast(), from);
        }
    }

    private void scan(
            ClassFile owner, MethodNode method, AbstractInsnNode first, AbstractInsnNode last, MethodId from) {
        for (AbstractInsnNode instruction = first; ; instruction = instruction.getNext()) {
            if (instruction.getOpcode() >= 0) {
                instruction(instruction, from, owner, method);
            }
            if (instruction == last) {
                return;
            }
        }
    }

    private void instruction(AbstractInsnNode instruction, MethodId from, ClassFile owner, MethodNode method) {
        if (instruction instanceof MethodInsnNode call) {
            String signature = call.name + call.desc;
            if (!call.owner.startsWith("[")) {
                call(call.getOpcode(), call.owner, signature, from);
                classes.declaring(call.owner, signature)
                        .ifPresent(declaring -> reached.fileNames.called(
                                new MethodId(declaring.name(), signature), call, method, from));
            }
            BlindSpots.find(call, owner, method, from, reached);
            Recipes.of(call).ifPresent(recipe -> recipe(recipe, from));
        } else if (instruction instanceof FieldInsnNode field) {
            field(field, from, owner);
        } else if (instruction instanceof TypeInsnNode type) {
            if (type.getOpcode() == Opcodes.NEW) {
                instantiate(type.desc, from);
            } else {
                mention(type.desc);
            }
        } else if (instruction instanceof LdcInsnNode constant) {
            if (constant.cst instanceof Type type && type.getSort() != Type.METHOD) {
                classLiteral(type, constant, from);
            } else if (constant.cst instanceof String text
                    && ClassLiterals.namesALogger(Operands.consumerOf(constant))) {
                reached.constants.add(text);
            } else {
                constantOf(constant.cst, from);
            }
        } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            dynamic(dynamic, from);
        } else if (instruction instanceof MultiANewArrayInsnNode array) {
            TypeNames.in(array.desc).forEach(this::mention);
        }
    }

    private void field(FieldInsnNode field, MethodId from, ClassFile owner) {
        if (SwitchTable.isTable(field)) {
            return;
        }
        if (field.getOpcode() == Opcodes.GETFIELD || field.getOpcode() == Opcodes.GETSTATIC) {
            read(field.owner, field.name);
            return;
        }
        classes.declaringField(field.owner, field.name).ifPresent(declaring -> {
            if (field.getOpcode() == Opcodes.PUTSTATIC) {
                touch(declaring);
            }
            if (suite.contains(declaring.name())) {
                FieldId id = new FieldId(declaring.name(), field.name);
                reached.writes.add(new Reached.Write(from, id, Place.of(field, owner)));
            }
        });
    }

    private void classLiteral(Type literal, AbstractInsnNode instruction, MethodId from) {
        Type element = literal.getSort() == Type.ARRAY ? literal.getElementType() : literal;
        if (element.getSort() == Type.OBJECT) {
            String name = element.getInternalName();
            services.providersOf(name).forEach(this::exposeProvider);
            if (ClassLiterals.onlyNamesAPlace(Operands.consumerOf(instruction))) {
                mention(name);
            } else {
                expose(name, from);
            }
        }
    }

    private void constantOf(Object value, MethodId from) {
        if (value instanceof String text) {
            constant(text, from);
        } else if (value instanceof Handle handle) {
            handle(handle, from);
        } else if (value instanceof ConstantDynamic dynamic) {
            for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                constantOf(dynamic.getBootstrapMethodArgument(i), from);
            }
        }
    }

    private void recipe(String recipe, MethodId from) {
        reached.recipes.add(recipe);
        reached.completedBy.computeIfAbsent(recipe, r -> new HashSet<>()).add(from);
    }

    private void constant(String text, MethodId from) {
        if (Resources.hasPlaceholder(text)) {
            reached.completedBy.computeIfAbsent(text, t -> new HashSet<>()).add(from);
        }
        if (reached.constants.add(text)) {
            String name = text.replace('.', '/');
            if (classes.isProject(name)) {
                expose(name, from);
            }
        }
    }

    private void handle(Handle handle, MethodId from) {
        if (handle.getTag() <= Opcodes.H_GETSTATIC) {
            read(handle.getOwner(), handle.getName());
        } else if (handle.getTag() > Opcodes.H_PUTSTATIC) {
            if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
                instantiate(handle.getOwner(), from);
            }
            int opcode = handle.getTag() == Opcodes.H_INVOKEVIRTUAL || handle.getTag() == Opcodes.H_INVOKEINTERFACE
                    ? Opcodes.INVOKEVIRTUAL
                    : Opcodes.INVOKESTATIC;
            call(opcode, handle.getOwner(), handle.getName() + handle.getDesc(), from);
        }
    }

    private void dynamic(InvokeDynamicInsnNode dynamic, MethodId from) {
        boolean lambda = dynamic.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory");
        if (lambda) {
            lambdas.addAll(classes.supertypes(Type.getReturnType(dynamic.desc).getInternalName()));
        }
        Recipes.of(dynamic).ifPresent(recipe -> {
            recipe(recipe, from);
            if (ClassLiterals.namesAClass(Operands.consumerOf(dynamic))) {
                classes.matching(recipe).forEach(name -> expose(name, from));
            }
        });
        boolean known = dynamic.bsm.getOwner().startsWith("java/");
        if (!known) {
            handle(dynamic.bsm, from);
        }
        for (Object argument : dynamic.bsmArgs) {
            if (argument instanceof Type type && !known) {
                TypeNames.in(type.getDescriptor()).forEach(name -> expose(name, from));
            } else {
                constantOf(argument, from);
            }
        }
    }
}

package org.juniteval.engine.slice;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.juniteval.engine.slice.ClassFile.OnShow;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InnerClassNode;

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

    /** Types of libraries that read fields, whatever their access, where code mentions them. */
    private static final List<String> READ_FIELDS = List.of(
            "com/google/gson/",
            "com/fasterxml/jackson/annotation/PropertyAccessor",
            "com/fasterxml/jackson/annotation/JsonAutoDetect");

    final Reached reached;

    /** The types that lambdas of the reached code implement. */
    final Set<String> lambdas = new HashSet<>();

    private final Classes classes;
    private final StepReader reader;
    private final Services services;
    private final ClassFile suiteClass;

    /** The suite's class and everything that it inherits from. */
    private final Set<String> suite;

    private final Deque<Task> todo = new ArrayDeque<>();
    private final Set<ClassFile> instantiated = new HashSet<>();
    private final Set<ClassFile> exposed = new HashSet<>();
    private final Map<ClassFile, Receivers> receivers = new HashMap<>();
    private final Set<ClassFile> called = new HashSet<>();
    private final Set<Run> walkedRuns = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<ProjectMethod, Set<MethodId>> inlinedInto = new HashMap<>();
    private boolean readsPrivateFields;
    private boolean readsAllConstants;

    Walk(Classes classes, StepReader reader, Services services, String suite) {
        this.reached = new Reached(classes);
        this.classes = classes;
        this.reader = reader;
        this.services = services;
        this.suiteClass = classes.get(suite);
        this.suite = classes.supertypes(suite);
        reached.suite.addAll(this.suite);
        instantiate(suite, suiteClass.making);
        reachConstructors(suiteClass);
    }

    /** A method to enter, or (with a run) instructions to walk. */
    private record Task(ProjectMethod method, Run run, MethodId from) {}

    /** The objects that may answer calls through a type. */
    private static final class Receivers {

        /** Instantiated classes below the type. */
        final Set<ClassFile> classes = new TreeSet<>();

        /** Calls through the type by name and descriptor of the called method. */
        final Map<String, Site> sites = new HashMap<>();
    }

    /** All calls of a method through a type: what each of them may run all may run. */
    private static final class Site implements Comparable<Site> {

        final String signature;
        final MethodId id;
        final Set<ProjectMethod> targets = new HashSet<>();
        final List<ProjectMethod> inlined = new ArrayList<>();
        final List<MethodId> callers = new ArrayList<>();

        Site(ClassFile type, String signature) {
            this.signature = signature;
            this.id = new MethodId(type.name(), "*" + signature);
        }

        /** Among the calls through one type. */
        @Override
        public int compareTo(Site other) {
            return signature.compareTo(other.signature);
        }
    }

    static boolean isLibrary(String type) {
        return type != null && !type.startsWith("[") && !type.startsWith("java/");
    }

    /** Adds a method from which the walk starts; the suite may override it. */
    void startAt(String owner, String signature) {
        MethodId start = new MethodId(owner, signature);
        ClassFile declaring = classes.get(owner);
        if (declaring != null) {
            dispatch(declaring, signature, start);
        }
        if (suite.contains(owner)) {
            dispatch(suiteClass, signature, start);
        }
    }

    /** Counts all members of a class that the engine binds data to, or that belongs to a project taken as a whole. */
    void expose(String type) {
        ClassFile file = classes.get(type);
        if (file != null) {
            expose(type, file.making);
        }
    }

    /** Counts what the engine writes of the objects of a class. */
    void instantiate(String type) {
        ClassFile file = classes.get(type);
        if (file != null) {
            instantiate(type, file.making);
        }
    }

    /** Walks to the end. */
    Reached reached() {
        do {
            while (!todo.isEmpty()) {
                Task task = todo.pop();
                if (task.run() == null) {
                    enter(task.method());
                } else {
                    take(task.run().steps(reader, task.method()), task.from());
                }
            }
            expose(services.providersReachedBy(reached.libraryTypes));
            if (todo.isEmpty()) {
                instantiateWhatIsCalledButNotMade();
            }
        } while (!todo.isEmpty());
        return reached;
    }

    private void take(Step[] steps, MethodId from) {
        for (Step step : steps) {
            step.take(this, from);
        }
    }

    /** @param providers of services by the files that name them */
    private void expose(Map<String, Set<String>> providers) {
        for (Map.Entry<String, Set<String>> service : providers.entrySet()) {
            reached.constants.add(service.getKey());
            for (String provider : service.getValue()) {
                expose(provider);
            }
        }
    }

    private void instantiateWhatIsCalledButNotMade() {
        for (ClassFile type : new TreeSet<>(called)) {
            if (receivers(type).classes.isEmpty() && !lambdas.contains(type.name())) {
                called.remove(type);
                for (String below : classes.subtypes(type.name())) {
                    ClassFile file = classes.get(below);
                    if (file.isAnonymous) {
                        reached.fromElsewhere.add(file);
                    }
                    instantiate(file, file.making);
                    reachConstructors(file);
                }
            }
        }
    }

    private void reachConstructors(ClassFile type) {
        for (ProjectMethod constructor : type.constructors()) {
            reach(constructor, type.making);
        }
    }

    private Receivers receivers(ClassFile type) {
        Receivers known = receivers.get(type);
        if (known == null) {
            known = new Receivers();
            receivers.put(type, known);
        }
        return known;
    }

    // ---- types

    private void touch(ClassFile type) {
        if (!reached.types.add(type)) {
            return;
        }
        take(type.declaration(reader), type.loading);
        ClassFile ofPackage = classes.get(type.folder() + "package-info");
        if (ofPackage != null) {
            touch(ofPackage);
        }
        ProjectMethod initialiser = type.staticInitialiser();
        if (initialiser != null) {
            for (Run run : initialiser.runs(classes)) {
                if (!run.belongsToFields()) {
                    walk(initialiser, run);
                }
            }
        }
        ClassFile parent = classes.get(type.node.superName);
        if (parent != null) {
            touch(parent);
        }
        if (!suite.contains(type.name())) { // a suite's interfaces may be there for their scorers only
            for (String name : type.node.interfaces) {
                ClassFile file = classes.get(name);
                if (file != null) {
                    touch(file);
                }
            }
        }
    }

    /** @param type internal name of a class that is not the project's; null, arrays and the JDK's are passed over */
    void mention(String type) {
        if (isLibrary(type) && reached.libraryTypes.add(type)) {
            for (String start : READ_FIELDS) {
                if (type.startsWith(start)) {
                    readPrivateFields();
                }
            }
        }
    }

    /** Gson writes what the fields hold, whatever their access; so does Jackson where it is told to. */
    void readPrivateFields() {
        if (!readsPrivateFields) {
            readsPrivateFields = true;
            for (ClassFile type : new TreeSet<>(instantiated)) {
                readPrivateFields(type);
            }
        }
    }

    private void readPrivateFields(ClassFile type) {
        for (ClassFile parent : classes.projectSupertypes(type)) {
            if (!suite.contains(parent.name())) {
                reached.typesOnShow.add(parent);
                for (ProjectField field : parent.fields()) {
                    if (!field.is(Opcodes.ACC_STATIC | Opcodes.ACC_TRANSIENT)) {
                        read(field);
                    }
                }
            }
        }
    }

    /** Any enum may be meant of which the code has a constant. */
    void readAllConstants() {
        if (!readsAllConstants) {
            readsAllConstants = true;
            for (ClassFile type : new TreeSet<>(instantiated)) {
                readAllConstants(type);
            }
        }
    }

    private void readAllConstants(ClassFile type) {
        for (ClassFile parent : classes.projectSupertypes(type)) {
            for (ProjectField field : parent.fields()) {
                // the array of all constants, whatever a compiler calls it
                if (parent.is(Opcodes.ACC_ENUM) && field.is(Opcodes.ACC_SYNTHETIC)) {
                    read(field);
                }
            }
        }
    }

    void instantiate(String name, MethodId from) {
        ClassFile type = classes.get(name);
        if (type == null) {
            mention(name);
        } else {
            instantiate(type, from);
        }
    }

    private void instantiate(ClassFile type, MethodId from) {
        touch(type);
        if (type.isInterface() || type.isAbstract() && !suite.contains(type.name())) {
            return;
        }
        boolean isNew = instantiated.add(type);
        reached.leads(from, type.library);
        if (!isNew) {
            return;
        }
        for (ProjectMethod callback : classes.overridesOfLibraries(type)) {
            reach(callback, type.library);
        }
        for (ClassFile parent : classes.projectSupertypes(type)) {
            Receivers known = receivers(parent);
            known.classes.add(type);
            for (Site site : new TreeSet<>(known.sites.values())) {
                lead(site, classes.declared(type, site.signature));
            }
            if (!suite.contains(parent.name()) && !parent.onShow(classes).isEmpty()) {
                reached.typesOnShow.add(parent);
            }
            show(type, parent.onShow(classes), from);
        }
        for (String argument : type.argumentsOfParents(classes)) {
            expose(argument, from);
        }
        if (readsPrivateFields) {
            readPrivateFields(type);
        }
        if (readsAllConstants) {
            readAllConstants(type);
        }
    }

    private void show(ClassFile type, OnShow onShow, MethodId from) {
        for (ProjectMethod method : onShow.methods()) {
            reached.methodsOnShow.add(method);
            reach(method, from);
            if (!method.isConstructor()) {
                dispatch(type, method.signature(), from);
            }
            if (Members.isInvited(method, classes)) {
                // a tool's parameters are made by a library from what the model says
                exposeAll(method.types(), from);
            }
        }
        for (ProjectField field : onShow.fields()) {
            reached.fieldsOnShow.add(field);
            read(field);
        }
    }

    /** Counts a class that a library knows by name: it may use all members, and look at the types in them. */
    void expose(String name, MethodId from) {
        ClassFile type = classes.get(name);
        if (type == null) {
            mention(name);
            return;
        }
        if (!exposed.add(type)) {
            return;
        }
        instantiate(type, from);
        reached.typesOnShow.add(type);
        for (ProjectMethod method : type.methods()) {
            if (!method.isInlined
                    && method != type.staticInitialiser()
                    && !Members.isEnginesOwn(method.node, classes)) {
                reached.methodsOnShow.add(method);
                reach(method, from);
                if (!method.is(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE) && !method.id.isInitialiser()) {
                    callBelow(type, method.signature(), from);
                }
                exposeAll(method.types(), from);
            }
        }
        for (ProjectField field : type.fields()) {
            reached.fieldsOnShow.add(field);
            read(field);
            exposeAll(field.types(), from);
        }
        exposeAll(type.typesInSignature(), from);
        for (ClassFile parent : classes.projectSupertypes(type)) {
            expose(parent.name(), from);
        }
        if (type.node.permittedSubclasses != null) {
            exposeAll(type.node.permittedSubclasses, from);
        }
        for (InnerClassNode nested : type.node.innerClasses) {
            ClassFile member = name.equals(nested.outerName) ? classes.get(nested.name) : null;
            if (member != null && !Annotations.of(member.node).isEmpty()) {
                expose(nested.name, from);
            }
        }
    }

    private void exposeAll(Collection<String> types, MethodId from) {
        for (String type : types) {
            expose(type, from);
        }
    }

    void literal(String name, boolean harmless, MethodId from) {
        expose(services.providersOf(name));
        ClassFile type = classes.get(name);
        if (!harmless) {
            expose(name, from);
        } else if (type == null) {
            mention(name);
        } else {
            reached.places.add(type.folder());
        }
    }

    // ---- methods

    private void reach(ProjectMethod method, MethodId from) {
        if (method.isInlined) {
            Set<MethodId> known = inlinedInto.get(method);
            if (known == null) {
                known = new HashSet<>();
                inlinedInto.put(method, known);
            }
            if (known.add(from)) {
                for (Run run : method.runs(classes)) {
                    todo.push(new Task(method, run, from));
                }
            }
            return;
        }
        reached.leads(from, method.id);
        if (reached.methods.add(method)) {
            todo.push(new Task(method, null, method.id));
        }
    }

    private void enter(ProjectMethod method) {
        touch(method.owner);
        take(method.declaration(reader), method.owner.loading);
        for (Run run : method.runs(classes)) {
            if (!run.belongsToFields() || isRead(method.owner, run)) {
                if (method.id.isInitialiser()) {
                    walk(method, run);
                } else {
                    take(run.steps(reader, method), method.id);
                }
            }
        }
    }

    private boolean isRead(ClassFile owner, Run run) {
        for (String field : run.fields()) {
            if (reached.fields.contains(owner.field(field))) {
                return true;
            }
        }
        return false;
    }

    /** Queues a part of an initialiser, once. */
    private void walk(ProjectMethod initialiser, Run run) {
        if (walkedRuns.add(run)) {
            todo.push(new Task(initialiser, run, initialiser.id));
        }
    }

    void call(Step.Call call, MethodId from) {
        if (call.target() != null) {
            reach(call.target(), from);
        }
        if (call.virtual()) {
            callBelow(call.type(), call.signature(), from);
            called.add(call.type());
        }
    }

    /** The method that an object of the given class runs. */
    private void dispatch(ClassFile type, String signature, MethodId from) {
        ProjectMethod method = classes.declared(type, signature);
        if (method != null) {
            reach(method, from);
        }
    }

    /** A call that every object below the type may answer. */
    private void callBelow(ClassFile type, String signature, MethodId from) {
        Receivers below = receivers(type);
        Site site = below.sites.get(signature);
        boolean isNew = site == null;
        if (isNew) {
            site = new Site(type, signature);
            below.sites.put(signature, site);
        }
        reached.leads(from, site.id);
        site.callers.add(from);
        for (ProjectMethod target : site.inlined) {
            reach(target, from);
        }
        if (isNew) {
            for (ClassFile receiver : below.classes) {
                lead(site, classes.declared(receiver, signature));
            }
        }
    }

    private void lead(Site site, ProjectMethod target) {
        if (target != null && site.targets.add(target)) {
            if (target.isInlined) {
                site.inlined.add(target);
                for (MethodId caller : site.callers) {
                    reach(target, caller);
                }
            } else {
                reach(target, site.id);
            }
        }
    }

    // ---- fields

    void read(ProjectField field) {
        if (!reached.fields.add(field)) {
            return;
        }
        ClassFile owner = field.owner;
        touch(owner);
        take(field.declaration(reader), owner.loading);
        boolean isStatic = field.is(Opcodes.ACC_STATIC);
        for (ProjectMethod method : owner.methods()) {
            if (method.id.isInitialiser()
                    && (!method.isConstructor() || !isStatic && reached.methods.contains(method))) {
                for (Run run : method.runs(classes)) {
                    if (run.fields().contains(field.name())) {
                        walk(method, run);
                    }
                }
            }
        }
    }

    void write(Step.WriteField write, MethodId from) {
        ClassFile owner = write.field().owner;
        if (write.isStatic()) {
            touch(owner);
        }
        if (suite.contains(owner.name())) {
            reached.writes.add(new Reached.Write(from, write.field(), write.place()));
        }
    }
}

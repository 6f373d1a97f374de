package org.juniteval.engine.suite;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.platform.commons.support.AnnotationSupport;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.SuiteFactory;

/** A suite: its class, read by reflection alone. Nothing of it is run before {@link #open}. */
public final class SuiteDefinition {

    private final Class<?> type;
    private final String displayName;
    private final SuiteMethods methods;
    private final Supplier<Optional<String>> disabled;
    private final Set<String> tags;
    private final List<EvalDefinition> evals;
    private final List<String> faults;

    SuiteDefinition(
            Class<?> type,
            String displayName,
            Set<String> tags,
            SuiteMethods methods,
            Supplier<Optional<String>> disabled,
            List<String> faults,
            Function<SuiteDefinition, List<EvalDefinition>> evals) {
        this.type = type;
        this.displayName = displayName;
        this.methods = methods;
        this.disabled = disabled;
        this.tags = tags;
        this.evals = evals.apply(this);
        this.faults = List.copyOf(faults);
    }

    /**
     * Whether the class is one that the engine discovers: a concrete class with, or inheriting, {@code @EvalSuite}; or an
     * {@code @Eval} alone, lest a forgotten {@code @EvalSuite} be a green run of nothing.
     */
    public static boolean isSuite(Class<?> type) {
        try {
            return !Modifier.isAbstract(type.getModifiers())
                    && !type.isPrimitive()
                    && !type.isArray()
                    && (AnnotationSupport.isAnnotated(type, EvalSuite.class) || hasEval(type));
        } catch (LinkageError | RuntimeException unreadable) {
            // Annotations that cannot be read say nothing; whoever else reads the class will complain.
            return false;
        }
    }

    private static boolean hasEval(Class<?> type) {
        for (Class<?> at : Hierarchy.of(type)) {
            for (Method method : at.getDeclaredMethods()) {
                if (AnnotationSupport.isAnnotated(method, Eval.class)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What the class says. Never throws: whatever is wrong is one of its {@link #faults}, or of those of its evals. */
    public static SuiteDefinition of(Class<?> type) {
        return SuiteReader.read(type);
    }

    /** The suite's class. */
    public Class<?> type() {
        return type;
    }

    /** The class's fully qualified name. */
    public String name() {
        return type.getName();
    }

    /** The class's simple name, or its {@code @DisplayName}. */
    public String displayName() {
        return displayName;
    }

    /** Its tags, inherited ones too, and {@code eval}. */
    public Set<String> tags() {
        return tags;
    }

    /** Its evals by name. */
    public List<EvalDefinition> evals() {
        return evals;
    }

    /** What is wrong with the suite as a whole, each a sentence with place and cure. */
    public List<String> faults() {
        return faults;
    }

    /** Why none of it is to be run, where a condition says so. */
    public Optional<String> disabled() {
        return disabled.get();
    }

    /** Whether something is to be run before or after its samples. */
    public boolean hasLifecycle() {
        return !methods.beforeAll().isEmpty() || !methods.afterAll().isEmpty();
    }

    /** The methods whose values join the cache key. */
    public List<Method> fingerprintMethods() {
        return methods.fingerprint();
    }

    /** What is run before its samples, superclass first. */
    public List<Method> beforeAll() {
        return methods.beforeAll();
    }

    List<Method> afterAll() {
        return methods.afterAll();
    }

    /**
     * Makes the instance, by a {@link SuiteFactory} that knows the class or else by its no-argument constructor, and
     * runs what is to be run before its samples. What was begun when that fails is closed again.
     *
     * @throws SuiteFault where there is no way to make an instance
     * @throws Throwable whatever the suite's own code threw
     */
    public SuiteInstance open() throws Throwable {
        Optional<Object> made = byFactory();
        SuiteInstance instance =
                new SuiteInstance(this, made.isPresent() ? made.get() : byConstructor(), made.isPresent());
        try {
            for (Method method : beforeAll()) {
                Invocation.invoke(method, instance.object());
            }
            return instance;
        } catch (Throwable failed) {
            try {
                instance.close();
            } catch (Throwable second) {
                failed.addSuppressed(second);
            }
            throw failed;
        }
    }

    private Optional<Object> byFactory() throws Exception {
        for (SuiteFactory factory : ServiceLoader.load(SuiteFactory.class, type.getClassLoader())) {
            Optional<Object> made = factory.create(type);
            if (made == null) {
                throw new SuiteFault(factory.getClass().getName() + " returned null for " + name()
                        + ": return Optional.empty() where it does not know the class");
            }
            if (made.isPresent()) {
                if (!type.isInstance(made.get())) {
                    throw new SuiteFault(factory.getClass().getName() + " made a "
                            + made.get().getClass().getName() + " for " + name() + ": make an instance of that class");
                }
                return made;
            }
        }
        return Optional.empty();
    }

    private Object byConstructor() throws Throwable {
        Constructor<?> constructor;
        try {
            constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
        } catch (NoSuchMethodException | RuntimeException unusable) {
            throw new SuiteFault(
                    name()
                            + " has no constructor without arguments that can be called: add one, or provide the instance"
                            + " by a " + SuiteFactory.class.getName() + " in META-INF/services",
                    unusable);
        }
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}

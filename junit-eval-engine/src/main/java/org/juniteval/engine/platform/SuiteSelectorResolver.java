package org.juniteval.engine.platform;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.IterationSelector;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.discovery.SelectorResolver;
import org.juniteval.engine.run.Selection.Pick;
import org.juniteval.engine.suite.EvalDefinition;
import org.juniteval.engine.suite.SuiteDefinition;

/** Finds suites by class, evals by method, and what runs below an eval by unique id or position. */
final class SuiteSelectorResolver implements SelectorResolver {

    private final UniqueId root;
    private final Predicate<String> classNameFilter;

    SuiteSelectorResolver(UniqueId root, Predicate<String> classNameFilter) {
        this.root = root;
        this.classNameFilter = classNameFilter;
    }

    @Override
    public Resolution resolve(ClassSelector selector, Context context) {
        Class<?> type = selector.getJavaClass();
        if (!SuiteDefinition.isSuite(type) || !classNameFilter.test(type.getName())) {
            return Resolution.unresolved();
        }
        return suite(type, context);
    }

    private static Resolution suite(Class<?> type, Context context) {
        return context.addToParent(
                        engine -> Optional.of(new SuiteDescriptor(engine.getUniqueId(), SuiteDefinition.of(type))))
                .map(suite -> Resolution.match(Match.exact(suite, () -> evalsOf(suite))))
                .orElseGet(Resolution::unresolved);
    }

    private static Set<DiscoverySelector> evalsOf(SuiteDescriptor suite) {
        return suite.suite().evals().stream()
                .map(eval -> DiscoverySelectors.selectMethod(suite.suite().type(), eval.method()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public Resolution resolve(MethodSelector selector, Context context) {
        return eval(selector, context)
                .map(EvalDescriptor::selectAll)
                .map(eval -> Resolution.match(Match.exact(eval)))
                .orElseGet(Resolution::unresolved);
    }

    private static Optional<EvalDescriptor> eval(MethodSelector selector, Context context) {
        Class<?> type = selector.getJavaClass();
        if (!SuiteDefinition.isSuite(type)) {
            return Optional.empty();
        }
        // Evals are not overloaded: the name will do, as it does for people who type it.
        return eval(selectClass(type), eval -> eval.name().equals(selector.getMethodName()), context);
    }

    private static Optional<EvalDescriptor> eval(
            DiscoverySelector suite, Predicate<EvalDefinition> which, Context context) {
        return context.addToParent(
                () -> suite,
                parent -> ((SuiteDescriptor) parent)
                        .suite().evals().stream()
                                .filter(which)
                                .findFirst()
                                .map(eval -> oneOf(parent, new EvalDescriptor(parent.getUniqueId(), eval))));
    }

    /** What is there already is kept, with what was selected of it. */
    private static EvalDescriptor oneOf(TestDescriptor suite, EvalDescriptor eval) {
        return suite.getChildren().stream()
                .filter(eval::equals)
                .map(EvalDescriptor.class::cast)
                .findFirst()
                .orElse(eval);
    }

    @Override
    public Resolution resolve(IterationSelector selector, Context context) {
        if (selector.getParentSelector() instanceof MethodSelector method) {
            return eval(method, context)
                    .map(eval -> eval.select(selector.getIterationIndices().stream()
                            .map(Pick.OfRow::new)
                            .collect(Collectors.toSet())))
                    .map(SuiteSelectorResolver::part)
                    .orElseGet(Resolution::unresolved);
        }
        return Resolution.unresolved();
    }

    @Override
    public Resolution resolve(UniqueIdSelector selector, Context context) {
        UniqueId id = selector.getUniqueId();
        // Under a JUnit @Suite the engine's root is nested in another engine's id.
        if (!id.hasPrefix(root) || id.equals(root)) {
            return Resolution.unresolved();
        }
        List<UniqueId.Segment> segments = id.getSegments()
                .subList(root.getSegments().size(), id.getSegments().size());
        Optional<Class<?>> type = suiteClass(segments.get(0));
        if (type.isEmpty()) {
            return Resolution.unresolved();
        }
        // By id and not by class: the console launcher's class name filter, which misses "Eval", holds for ids too.
        if (segments.size() == 1) {
            return suite(type.get(), context);
        }
        DiscoverySelector suite = DiscoverySelectors.selectUniqueId(root.append(segments.get(0)));
        if (!segments.get(1).getType().equals(EvalDescriptor.SEGMENT)) {
            return Resolution.selectors(Set.of(suite));
        }
        String value = segments.get(1).getValue();
        Optional<EvalDescriptor> eval =
                eval(suite, candidate -> EvalDescriptor.segmentValue(candidate).equals(value), context);
        if (segments.size() == 2) {
            return eval.map(EvalDescriptor::selectAll)
                    .map(found -> Resolution.match(Match.exact(found)))
                    .orElseGet(Resolution::unresolved);
        }
        return eval.map(found -> found.select(Set.of(pick(segments.subList(2, segments.size())))))
                .map(SuiteSelectorResolver::part)
                .orElseGet(Resolution::unresolved);
    }

    /**
     * A part of an eval was found. The engine stands for it as the match: the Platform remembers matches by the ids of
     * their nodes, so it would take the part for the whole when the eval's own id is selected too.
     */
    private static Resolution part(EvalDescriptor eval) {
        return Resolution.match(Match.partial(
                eval.getParent().flatMap(TestDescriptor::getParent).orElseThrow()));
    }

    private static Optional<Class<?>> suiteClass(UniqueId.Segment segment) {
        return segment.getType().equals(SuiteDescriptor.SEGMENT)
                ? ReflectionSupport.tryToLoadClass(segment.getValue())
                        .toOptional()
                        .filter(SuiteDefinition::isSuite)
                : Optional.empty();
    }

    private static Pick pick(List<UniqueId.Segment> below) {
        boolean hasVariant = below.get(0).getType().equals("variant");
        String variant = hasVariant ? below.get(0).getValue() : "";
        List<UniqueId.Segment> rest = hasVariant ? below.subList(1, below.size()) : below;
        String form = rest.stream().map(UniqueId.Segment::getType).collect(Collectors.joining("/"));
        return switch (form) {
            case "" -> new Pick.OfVariant(variant);
            case "case" -> new Pick.OfCase(variant, rest.get(0).getValue());
            case "case/sample" -> sample(variant, rest);
            case "case/verdict" -> new Pick.OfVerdict(variant, rest.get(0).getValue());
            case "gate" -> new Pick.OfGate(variant, rest.get(0).getValue());
            case "fault" -> new Pick.OfFault(rest.get(0).getValue());
            default -> new Pick.Unknown(below.toString());
        };
    }

    private static Pick sample(String variant, List<UniqueId.Segment> segments) {
        try {
            return new Pick.OfSample(
                    variant,
                    segments.get(0).getValue(),
                    Integer.parseInt(segments.get(1).getValue()));
        } catch (NumberFormatException notANumber) {
            return new Pick.Unknown(segments.toString());
        }
    }
}

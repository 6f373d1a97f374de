package org.juniteval.engine.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.juniteval.engine.dataset.Dataset;
import org.juniteval.engine.dataset.DatasetFault;
import org.juniteval.engine.dataset.Scan;
import org.juniteval.engine.record.EvalName;
import org.juniteval.engine.run.Selection.Pick;
import org.juniteval.engine.suite.EvalDefinition;
import org.juniteval.engine.suite.GateDefinition;
import org.juniteval.engine.suite.Variant;
import org.juniteval.engine.verdict.EvalFault;

/** One eval in a run: its dataset, its variants, and what is wrong with it. */
final class EvalRun {

    private final SuiteRun suite;
    private final EvalPlan plan;
    private final EvalDefinition eval;
    private final Run run;
    private final List<FaultLeaf> faults = new ArrayList<>();
    private final Set<String> shown = new HashSet<>();
    private Optional<FaultLeaf> alsoGone = Optional.empty();
    private Optional<Dataset> dataset = Optional.empty();
    private Optional<Scan> scan = Optional.empty();
    private Optional<AnswerCache> cache = Optional.empty();
    private List<VariantRun> variants = List.of();
    private int openVariants;

    EvalRun(SuiteRun suite, EvalPlan plan) {
        this.suite = suite;
        this.plan = plan;
        this.eval = plan.eval();
        this.run = suite.run();
    }

    // ---- before anything runs

    /** Finds everything that is wrong with the eval and its dataset. User types are read meanwhile, and may throw. */
    void check() {
        try {
            look();
        } catch (Throwable error) {
            fault("suite", error);
        }
    }

    private void look() {
        if (eval.disabled().isPresent()) {
            return;
        }
        List<String> settings = new ArrayList<>(run.settings().faults());
        run.settings().cacheFault(suite.baseDirectory()).ifPresent(settings::add);
        if (!settings.isEmpty()) {
            add(new FaultLeaf("configuration", lines(settings), Optional.empty()));
            return;
        }
        List<String> definition = new ArrayList<>(eval.suite().faults());
        definition.addAll(eval.faults());
        definition.addAll(
                NameClashes.inFront("the eval", frontOfDisplayNames().stream().toList()));
        if (!definition.isEmpty()) {
            add(new FaultLeaf("suite", lines(definition), Optional.empty()));
        }
        if (eval.dataset().isPresent()) {
            checkDataset();
        }
    }

    private void checkDataset() {
        Dataset found = Dataset.of(eval.dataset().get(), eval.datasetAnchor(), suite.baseDirectory());
        NameClashes clashes = new NameClashes(eval, samples());
        boolean bindable = eval.faults().isEmpty();
        Scan scanned = found.scan(row -> {
            clashes.look(row);
            return bindable ? eval.check(row) : List.of();
        });
        List<String> wrong = new ArrayList<>(
                scanned.faults().stream().map(DatasetFault::toString).toList());
        wrong.addAll(clashes.found(scanned.ids()));
        if (!wrong.isEmpty()) {
            add(new FaultLeaf("dataset", lines(wrong), Optional.empty()));
            return;
        }
        dataset = Optional.of(found);
        scan = Optional.of(scanned);
        if (plan.selection().isAll() && run.settings().cases().choosesAll()) {
            long cases = Math.min(scanned.rows(), run.settings().limit().orElse(Integer.MAX_VALUE));
            run.expect(cases * samples());
        } else {
            run.cannotTellTotal();
        }
    }

    private static String lines(List<String> faults) {
        return String.join("\n", faults);
    }

    /** How many samples each case has in this run. */
    int samples() {
        return run.settings().samples().orElse(eval.samples());
    }

    /** Whether it has anything to run. */
    boolean runs() {
        return eval.disabled().isEmpty() && faults.isEmpty();
    }

    /** Two faults of one kind are one leaf, because their names would be equal; the first one that is shown stands. */
    private void add(FaultLeaf fault) {
        if (shown.contains(fault.what())) {
            return;
        }
        Optional<FaultLeaf> same = faults.stream()
                .filter(other -> other.what().equals(fault.what()))
                .findFirst();
        same.ifPresent(faults::remove);
        faults.add(same.map(other -> new FaultLeaf(
                        other.what(),
                        other.message() + "\n" + fault.message(),
                        other.cause().or(fault::cause)))
                .orElse(fault));
    }

    /** Adds a fault that was thrown by the suite. */
    void fault(String what, Throwable error) {
        if (eval.disabled().isEmpty()) {
            add(new FaultLeaf(what, EvalFault.describe(error), Optional.of(error)));
        }
    }

    // ---- while the suite is open

    /** Has the variants ready to run; shows what is wrong. */
    void open() {
        if (runs()) {
            try {
                List<Variant> chosen = chosen(eval.variants(suite.instance()));
                openVariants(chosen);
                if (runs()) {
                    cache = suite.cache(eval);
                    cache.ifPresent(keys -> checkKeys(keys, chosen));
                }
            } catch (Throwable error) {
                fault("suite", error);
            }
        }
        run.tree().inOrder(() -> {
            if (eval.disabled().isPresent()) {
                run.tree()
                        .skipped(
                                plan.node(),
                                run.redaction().text(eval.disabled().get()));
            }
            showFaults();
        });
    }

    private void checkKeys(AnswerCache keys, List<Variant> chosen) {
        List<String> wrong = new ArrayList<>(keys.faults());
        chosen.forEach(variant -> keys.fault(variant).ifPresent(wrong::add));
        if (!wrong.isEmpty()) {
            add(new FaultLeaf("suite", lines(wrong), Optional.empty()));
        }
    }

    private List<Variant> chosen(List<Variant> all) {
        checkSelection(all);
        checkVariants(all);
        run.expect((all.size() - 1L) * scan.orElseThrow().rows() * samples());
        return all.stream()
                .filter(variant ->
                        !eval.hasVariants() || run.settings().variants().chooses(variant.name(), Set.of()))
                .filter(variant -> plan.selection().touches(variant.name()))
                .toList();
    }

    private void openVariants(List<Variant> chosen) {
        variants = runs()
                ? chosen.stream().map(variant -> new VariantRun(this, variant)).toList()
                : List.of();
        openVariants = variants.size();
        if (runs() && variants.isEmpty()) {
            add(new FaultLeaf(
                    "selection",
                    "no variant of " + eval.name() + " matches " + Settings.VARIANTS + " = "
                            + run.settings().variants(),
                    Optional.empty()));
        }
    }

    /** What the display names below the eval begin with: its own, where the suite has several evals. */
    Optional<String> frontOfDisplayNames() {
        return eval.suite().evals().size() > 1 ? Optional.of(eval.displayName()) : Optional.empty();
    }

    /** What a method returns as variants can only be seen now. */
    private void checkVariants(List<Variant> all) {
        Set<String> names = all.stream().map(Variant::name).collect(Collectors.toSet());
        List<String> wrong = NameClashes.inFront("the variant", names);
        if (!wrong.isEmpty()) {
            add(new FaultLeaf("suite", lines(wrong), Optional.empty()));
        }
    }

    /** An id whose row is gone must not be a green run of nothing. */
    private void checkSelection(List<Variant> all) {
        Set<String> names = all.stream().map(Variant::name).collect(Collectors.toSet());
        List<String> gone = plan.selection().picks().stream()
                .flatMap(pick -> gone(pick, names).stream())
                .sorted()
                .toList();
        if (!gone.isEmpty()) {
            FaultLeaf fault = new FaultLeaf("selection", lines(gone), Optional.empty());
            if (gone.size() == plan.selection().picks().size()) {
                add(fault);
            } else {
                alsoGone = Optional.of(fault);
            }
        }
    }

    private Optional<String> gone(Pick pick, Set<String> variantNames) {
        String in = " in " + dataset.orElseThrow().description();
        if (pick instanceof Pick.OfVariant of) {
            return goneVariant(of.variant(), variantNames);
        } else if (pick instanceof Pick.OfCase of) {
            return goneCase(of.variant(), of.caseId(), in, variantNames);
        } else if (pick instanceof Pick.OfSample of) {
            boolean single = eval.samples() == 1;
            return goneCase(of.variant(), of.caseId(), in, variantNames)
                    .or(() -> single || of.sample() < 1 || of.sample() > samples()
                            ? Optional.of("there is no sample " + of.sample() + " of case \"" + of.caseId()
                                    + "\": it has " + samples())
                            : Optional.empty());
        } else if (pick instanceof Pick.OfVerdict of) {
            return goneCase(of.variant(), of.caseId(), in, variantNames)
                    .or(() -> eval.hasVerdicts()
                            ? Optional.empty()
                            : Optional.of("the cases of " + eval.name() + " have no verdict"));
        } else if (pick instanceof Pick.OfGate of) {
            return goneVariant(of.variant(), variantNames)
                    .or(() -> gates(of.variant()).anyMatch(gate -> gate.name().equals(of.gate()))
                            ? Optional.empty()
                            : Optional.of("there is no gate \"" + of.gate() + "\" on "
                                    + (of.variant().isEmpty() ? "" : "variant \"" + of.variant() + "\" of ")
                                    + eval.name()));
        } else if (pick instanceof Pick.OfFault of) {
            return Optional.of("the fault \"" + of.what() + "\" of " + eval.name() + " is gone; run the eval");
        } else if (pick instanceof Pick.OfRow of) {
            return of.index() >= 0 && of.index() < scan.orElseThrow().rows()
                    ? Optional.empty()
                    : Optional.of("there is no row " + of.index() + in + ": it has "
                            + scan.orElseThrow().rows());
        }
        return Optional.of("there is no " + ((Pick.Unknown) pick).id());
    }

    private Optional<String> goneCase(String variant, String caseId, String in, Set<String> variantNames) {
        return goneVariant(variant, variantNames)
                .or(() -> scan.orElseThrow().ids().contains(caseId)
                        ? Optional.empty()
                        : Optional.of("there is no case \"" + caseId + "\"" + in));
    }

    private Optional<String> goneVariant(String variant, Set<String> names) {
        return names.contains(variant)
                ? Optional.empty()
                : Optional.of(
                        eval.hasVariants()
                                ? "there is no variant \"" + variant + "\" of " + eval.name() + "; there are: "
                                        + String.join(", ", names)
                                : eval.name() + " has no variants");
    }

    /** Shows the faults that were not shown yet; call in order. */
    void showFaults() {
        if (runs()) {
            alsoGone.ifPresent(this::show);
        } else {
            alsoGone.ifPresent(this::add);
        }
        alsoGone = Optional.empty();
        faults.forEach(this::show);
    }

    private void show(FaultLeaf fault) {
        if (shown.add(fault.what())) {
            fault.show(
                    run, plan.node(), new EvalName(eval.suite().name(), eval.name(), ""), eval.name(), suite.records());
        }
    }

    /** Why nothing has run. */
    String nothingRan() {
        return "every case of " + dataset.orElseThrow().description() + " that was asked for is left out by "
                + String.join(" and ", run.settings().caseFilters());
    }

    /** A filter has left nothing: says so by a leaf, because an eval without one looks green. Call in order. */
    void showNothingRan(String variant) {
        String what = variant.isEmpty() ? "cases" : "cases of " + variant;
        FaultLeaf.notRun(what, "not run: " + nothingRan())
                .show(
                        run,
                        plan.node(),
                        new EvalName(eval.suite().name(), eval.name(), variant),
                        eval.name(),
                        suite.records());
    }

    /** Its samples, variant by variant. */
    Iterator<SampleJob> jobs() {
        return variants.isEmpty() ? Collections.emptyIterator() : new Jobs(variants.iterator());
    }

    private static final class Jobs implements Iterator<SampleJob> {
        private final Iterator<VariantRun> variants;
        private Iterator<SampleJob> current = Collections.emptyIterator();

        Jobs(Iterator<VariantRun> variants) {
            this.variants = variants;
        }

        @Override
        public boolean hasNext() {
            while (!current.hasNext() && variants.hasNext()) {
                current = variants.next().jobs();
            }
            return current.hasNext();
        }

        @Override
        public SampleJob next() {
            hasNext();
            return current.next();
        }
    }

    /** A variant has no sample left; call in order. */
    void ended(VariantRun variant) {
        if (--openVariants == 0) {
            suite.ended(this);
        }
    }

    /** Ends the container; call in order. */
    void finish() {
        if (eval.disabled().isEmpty()) {
            run.tree().finished(plan.node());
        }
    }

    Run run() {
        return run;
    }

    SuiteRun suite() {
        return suite;
    }

    EvalDefinition eval() {
        return eval;
    }

    EvalPlan plan() {
        return plan;
    }

    Dataset dataset() {
        return dataset.orElseThrow();
    }

    Scan scan() {
        return scan.orElseThrow();
    }

    Optional<AnswerCache> cache() {
        return cache;
    }

    private Stream<GateDefinition> gates(String variant) {
        return eval.gates().stream()
                .filter(gate -> gate.variant().isEmpty() || gate.variant().equals(variant));
    }
}

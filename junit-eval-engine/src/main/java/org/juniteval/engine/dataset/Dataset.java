package org.juniteval.engine.dataset;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The rows of an eval, read in two passes: {@link #scan} finds every fault, {@link #rows} streams what it found sound.
 * Neither keeps rows, so a dataset may be larger than the memory.
 *
 * <p>Cursors may be used by several threads at a time, each cursor by one.
 */
public final class Dataset {

    private final DatasetSpec spec;
    private final Class<?> anchor;
    private final Path baseDirectory;

    private volatile List<RowCursor.Checked> checked;

    private Dataset(DatasetSpec spec, Class<?> anchor, Path baseDirectory) {
        this.spec = Objects.requireNonNull(spec, "spec");
        this.anchor = Objects.requireNonNull(anchor, "anchor");
        this.baseDirectory = baseDirectory.toAbsolutePath().normalize();
    }

    /**
     * Describes a dataset and reads nothing.
     *
     * @param anchor the class beside which {@code x.jsonl} is looked for
     * @param baseDirectory what {@code file:x.jsonl} is relative to: the base directory of the module
     */
    public static Dataset of(DatasetSpec spec, Class<?> anchor, Path baseDirectory) {
        return new Dataset(spec, anchor, baseDirectory);
    }

    /**
     * Reads everything once and reports all that is wrong, together: what was not found, bad JSON, fields that are
     * missing, unknown or of a wrong type, ids that occur twice, and what {@code check} says of each row. Of each row
     * 16 bytes are kept. Never throws for what a file holds.
     *
     * @param check what else may be wrong with a row that is sound in itself; its faults stand at the row's position
     *     unless they give another
     */
    public Scan scan(Function<Row, List<DatasetFault>> check) {
        Faults faults = new Faults();
        List<Source> sources = sources(faults::add);
        List<RowCursor.Checked> read = new ArrayList<>();
        IdSet.Builder ids = new IdSet.Builder();
        RowReader reader = new RowReader(spec, faults::add);
        long rows = 0;
        for (Source source : sources) {
            long before = rows;
            try (Lines lines = source.lines()) {
                while (lines.advance()) {
                    rows++;
                    Optional<Row> row = reader.read(source, lines);
                    row.ifPresent(known -> ids.add(known.id()));
                    if (!reader.faulty()) {
                        row.ifPresent(sound -> check.apply(sound).forEach(fault -> faults.add(at(sound, fault))));
                    }
                }
                read.add(new RowCursor.Checked(source, rows - before, lines.mark()));
            } catch (IOException e) {
                faults.add(unreadable(source, e));
            }
        }
        IdSet all = ids.build();
        if (all.repetitions() > 0) {
            faults.addAll(repetitions(sources, all), all.repetitions());
        }
        if (all.size() > 0) {
            reader.unseen()
                    .forEach(name -> faults.add(new DatasetFault("no row has the field '" + name
                            + "' that @Dataset names: correct the name, or leave the attribute out")));
        }
        if (rows == 0 && faults.isEmpty()) {
            faults.add(new DatasetFault("no rows in " + describe(sources.size()) + ": write one JSON object a line"));
        }
        checked = List.copyOf(read);
        return new Scan(rows, faults.inOrderOf(sources), all);
    }

    /**
     * Streams the rows that the last scan has checked.
     *
     * @throws IllegalStateException before the first scan
     */
    public RowCursor rows() {
        if (checked == null) {
            throw new IllegalStateException("a dataset is scanned before its rows are read");
        }
        return new RowCursor(checked, spec);
    }

    /** What messages call it: {@code capitals.jsonl}, or after a scan {@code 3 files of topics/*.jsonl}. */
    public String description() {
        return describe(checked == null ? 0 : checked.size());
    }

    private String describe(int files) {
        if (spec.locations().isEmpty()) {
            return inlineName();
        }
        String names = String.join(", ", spec.locations());
        if (spec.locations().size() == 1 && !Glob.isGlob(names)) {
            return Locations.fileName(names);
        }
        return files == 0 ? names : files + (files == 1 ? " file of " : " files of ") + names;
    }

    private List<Source> sources(Consumer<DatasetFault> faults) {
        boolean inline = !spec.rows().isEmpty();
        if (inline == !spec.locations().isEmpty()) {
            faults.accept(new DatasetFault(
                    inline
                            ? "@Dataset has both a location and rows: leave one of them out"
                            : "@Dataset names no rows: give it a location such as \"capitals.jsonl\", or rows"));
            return List.of();
        }
        if (spec.input().isEmpty()) {
            faults.accept(new DatasetFault("@Dataset(input = {}) names no field: name at least one"));
            return List.of();
        }
        if (inline) {
            byte[] rows = spec.rows().getBytes(StandardCharsets.UTF_8);
            return List.of(new Source(inlineName(), inlineName(), () -> new ByteArrayInputStream(rows)));
        }
        return new Locations(anchor, baseDirectory, faults).find(spec.locations());
    }

    private String inlineName() {
        return anchor.getSimpleName() + " rows";
    }

    /** Only here, where the dataset is broken anyway, are ids kept as text, and of few rows. */
    private List<DatasetFault> repetitions(List<Source> sources, IdSet ids) {
        Map<String, Position> first = new HashMap<>();
        List<DatasetFault> found = new ArrayList<>();
        RowReader reader = new RowReader(spec, fault -> {});
        for (Source source : sources) {
            try (Lines lines = source.lines()) {
                while (found.size() < Faults.SHOWN && lines.advance()) {
                    Optional<Row> repeated = reader.read(source, lines).filter(row -> ids.repeats(row.id()));
                    if (repeated.isPresent()) {
                        Row row = repeated.get();
                        if (first.containsKey(row.id())) {
                            found.add(new DatasetFault(row.position(), repetition(row, first.get(row.id()))));
                        } else if (first.size() < Faults.SHOWN) {
                            first.put(row.id(), row.position());
                        }
                    }
                }
            } catch (IOException e) {
                found.add(unreadable(source, e));
            }
        }
        return found;
    }

    private static String repetition(Row row, Position first) {
        return row.id().equals(InputId.of(row.input()))
                ? "id '" + row.id() + "', made of the input, is that of " + first.at() + " too: give the rows ids"
                : "id '" + row.id() + "' is that of " + first.at() + " too: ids are unique in a dataset";
    }

    private static DatasetFault at(Row row, DatasetFault fault) {
        return fault.position().isPresent() ? fault : new DatasetFault(row.position(), fault.message());
    }

    private static DatasetFault unreadable(Source source, IOException e) {
        return new DatasetFault(source.file() + " cannot be read: " + e.getMessage() + " (" + source.link() + ")");
    }
}

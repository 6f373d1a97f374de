package org.juniteval.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Datasets in real files. In JSON that is given as text, apostrophes stand for quotes. */
abstract class DatasetFixture {

    static final DatasetSpec OWN =
            new DatasetSpec(List.of(), "", "id", List.of("input"), "expected", "tags", "metadata");

    @TempDir
    Path folder;

    Row onlyRow(String line) {
        List<Row> rows = rowsOf(line);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    List<Row> rowsOf(String... lines) {
        write("x.jsonl", lines);
        return rows(dataset("file:x.jsonl"));
    }

    List<String> faultsOf(String... lines) {
        write("x.jsonl", lines);
        return faults(dataset("file:x.jsonl"));
    }

    Dataset dataset(String... locations) {
        return dataset(OWN, locations);
    }

    Dataset dataset(DatasetSpec fields, String... locations) {
        DatasetSpec spec = new DatasetSpec(
                List.of(locations),
                fields.rows(),
                fields.id(),
                fields.input(),
                fields.expected(),
                fields.tags(),
                fields.metadata());
        return Dataset.of(spec, DatasetFixture.class, folder);
    }

    Path write(String name, String... lines) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, String.join("\n", lines).replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Scan scan(Dataset dataset) {
        return dataset.scan(row -> List.of());
    }

    static List<String> faults(Dataset dataset) {
        return scan(dataset).faults().stream().map(DatasetFault::toString).toList();
    }

    static List<Row> rows(Dataset dataset) {
        assertThat(faults(dataset)).isEmpty();
        List<Row> rows = new ArrayList<>();
        try (RowCursor cursor = dataset.rows()) {
            cursor.forEachRemaining(rows::add);
        }
        return rows;
    }

    static List<String> ids(Dataset dataset) {
        return rows(dataset).stream().map(Row::id).toList();
    }
}

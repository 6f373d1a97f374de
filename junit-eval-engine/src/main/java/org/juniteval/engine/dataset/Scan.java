package org.juniteval.engine.dataset;

import java.util.List;
import java.util.Objects;

/**
 * What the first pass found. Only a dataset without faults may be run.
 *
 * @param rows how many rows there are, faulty ones included
 * @param faults in the order of files and lines; of very many the first, and a last that counts the others
 * @param ids the ids of the rows
 */
public record Scan(long rows, List<DatasetFault> faults, IdSet ids) {

    public Scan {
        faults = List.copyOf(faults);
        Objects.requireNonNull(ids, "ids");
    }
}

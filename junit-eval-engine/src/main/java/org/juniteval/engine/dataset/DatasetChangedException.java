package org.juniteval.engine.dataset;

/** A dataset is not what it was when it was checked: what was checked is not what would be run. */
public final class DatasetChangedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    DatasetChangedException(String file, String what) {
        super(file + " changed while the run was reading it (" + what + "): run again");
    }
}

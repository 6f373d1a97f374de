package org.juniteval.engine.record;

/** How a leaf of the test tree ended. */
public enum Status {
    /** Every requirement held. */
    PASSED,
    /** A requirement was missed and stands: the leaf fails. */
    MISSED,
    /** A requirement was missed and is lifted: the leaf is aborted and says what tolerates it. */
    TOLERATED,
    /** Code or data broke: an eval or a scorer threw, a dataset cannot be read. The leaf fails with an error. */
    FAULT,
    /** Every scorer abstained: the leaf fails. */
    NOT_SCORED,
    /** Faulted samples leave a verdict or gate open: the leaf fails. */
    UNDECIDED,
    /** A gate whose cases did not all run: the leaf is aborted. */
    NOT_DECIDED,
    /** The sample was not run, or was cut off by a cancelled run: the leaf is aborted. */
    NOT_RUN;

    /** Whether a leaf of this status fails the build. */
    public boolean fails() {
        return this == MISSED || this == FAULT || this == NOT_SCORED || this == UNDECIDED;
    }

    /** Whether Surefire counts a leaf of this status as skipped. */
    public boolean aborted() {
        return this == TOLERATED || this == NOT_DECIDED || this == NOT_RUN;
    }
}

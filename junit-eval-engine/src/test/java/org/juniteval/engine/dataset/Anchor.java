package org.juniteval.engine.dataset;

/** Stands for a suite on a class path of its own. */
final class Anchor {

    private Anchor() {}
}

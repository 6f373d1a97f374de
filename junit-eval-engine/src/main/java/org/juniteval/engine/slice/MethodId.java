package org.juniteval.engine.slice;

/**
 * A method of the project by its class and by name and descriptor. Walks look these up all the time, so a class file
 * keeps one of each method, and its hash is known.
 */
final class MethodId implements Comparable<MethodId> {

    private final String owner;
    private final String signature;
    private final int hash;

    MethodId(String owner, String signature) {
        this.owner = owner;
        this.signature = signature;
        this.hash = 31 * owner.hashCode() + signature.hashCode();
    }

    String owner() {
        return owner;
    }

    String signature() {
        return signature;
    }

    boolean isInitialiser() {
        return signature.startsWith("<");
    }

    @Override
    public int compareTo(MethodId other) {
        int byOwner = owner.compareTo(other.owner);
        return byOwner != 0 ? byOwner : signature.compareTo(other.signature);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof MethodId that
                        && hash == that.hash
                        && owner.equals(that.owner)
                        && signature.equals(that.signature);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return owner + "." + signature;
    }
}

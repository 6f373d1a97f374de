package org.juniteval.engine.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Says which cache it is. */
@Command(name = "dir", header = "Print which folder a run from here would use.")
final class CacheDir implements Callable<Integer> {

    @ParentCommand
    private CacheCommand cache;

    @Override
    public Integer call() {
        cache.print(cache.root().toString());
        return 0;
    }
}

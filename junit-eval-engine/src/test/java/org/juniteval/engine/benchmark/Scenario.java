package org.juniteval.engine.benchmark;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * One contender in one JVM of its own: runs its class through the Launcher and prints seconds, CPU seconds, leaves,
 * retained bytes a leaf, and the seconds from the class's start to its end.
 */
final class Scenario {

    private Scenario() {}

    public static void main(String[] arguments) throws Exception {
        Class<?> contender = Class.forName(Peers.class.getName() + "$" + arguments[0]);
        Peers.writeDataset();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(contender))
                .build();
        Watch watch = new Watch();
        LauncherFactory.create().execute(request, watch);
        if (watch.failed.get() > 0) {
            throw new IllegalStateException(watch.failed + " leaves failed");
        }
        System.out.printf(
                Locale.ROOT,
                "RESULT %.3f %.3f %d %d %.3f%n",
                watch.seconds,
                watch.cpuSeconds,
                watch.leaves.get(),
                watch.retained / Math.max(1, watch.leaves.get()),
                watch.ownSeconds);
    }

    private static final class Watch implements TestExecutionListener {
        final AtomicLong leaves = new AtomicLong();
        final AtomicLong failed = new AtomicLong();
        private long before;
        private long start;
        private long startCpu;
        double seconds;
        double cpuSeconds;
        private long ownStart;
        double ownSeconds;
        long retained;

        @Override
        public void testPlanExecutionStarted(TestPlan plan) {
            before = heap();
            startCpu = cpu();
            start = System.nanoTime();
        }

        @Override
        public void testPlanExecutionFinished(TestPlan plan) {
            seconds = (System.nanoTime() - start) / 1e9;
            cpuSeconds = (cpu() - startCpu) / 1e9;
            retained = heap() - before;
        }

        @Override
        public void executionStarted(TestIdentifier node) {
            if (isClass(node)) {
                ownStart = System.nanoTime();
            }
        }

        @Override
        public void executionFinished(TestIdentifier node, TestExecutionResult result) {
            if (isClass(node)) {
                ownSeconds = (System.nanoTime() - ownStart) / 1e9;
            }
            if (node.isTest()) {
                leaves.incrementAndGet();
            }
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                failed.incrementAndGet();
            }
        }

        private static boolean isClass(TestIdentifier node) {
            return node.getSource().filter(ClassSource.class::isInstance).isPresent();
        }

        /** Of all threads, the compiler's and the collector's included: what another process does is not in it. */
        private static long cpu() {
            return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
        }

        private static long heap() {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
    }
}

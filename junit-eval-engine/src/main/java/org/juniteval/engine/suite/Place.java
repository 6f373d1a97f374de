package org.juniteval.engine.suite;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Where in the sources something stands, in the form that consoles and IDEs turn into a link. */
final class Place {

    private Place() {}

    /** The method's first line, read from its class file; without file and line where there is no debug information. */
    static StackTraceElement of(Method method) {
        Class<?> owner = method.getDeclaringClass();
        AtomicReference<String> file = new AtomicReference<>();
        AtomicInteger first = new AtomicInteger(-1);
        String resource = owner.getName().substring(owner.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream bytes = owner.getResourceAsStream(resource)) {
            if (bytes != null) {
                new ClassReader(bytes).accept(firstLine(method, file, first), ClassReader.SKIP_FRAMES);
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            // Generated at run time, or newer than ASM: the name alone must do.
            file.set(null);
        }
        return new StackTraceElement(owner.getName(), method.getName(), file.get(), first.get());
    }

    private static ClassVisitor firstLine(Method method, AtomicReference<String> file, AtomicInteger first) {
        String descriptor = Type.getMethodDescriptor(method);
        return new ClassVisitor(Opcodes.ASM9) {
            @Override
            public void visitSource(String source, String debug) {
                file.set(source);
            }

            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String itsDescriptor, String signature, String[] exceptions) {
                if (!name.equals(method.getName()) || !itsDescriptor.equals(descriptor)) {
                    return null;
                }
                return new MethodVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitLineNumber(int line, Label start) {
                        first.compareAndSet(-1, line);
                    }
                };
            }
        };
    }

    /** {@code CapitalsEval.exact(CapitalsEval.java:31)}. */
    static String text(Method method) {
        StackTraceElement place = of(method);
        String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        return place.getFileName() == null || place.getLineNumber() < 0
                ? name
                : name + "(" + place.getFileName() + ":" + place.getLineNumber() + ")";
    }
}

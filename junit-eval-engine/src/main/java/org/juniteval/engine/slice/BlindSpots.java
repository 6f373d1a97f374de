package org.juniteval.engine.slice;

import java.util.Map;
import java.util.Set;
import org.juniteval.engine.slice.Reached.Place;
import org.juniteval.engine.slice.Reached.Spot;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Recognises calls whose outcome no class file tells: environment, reflection, files named at run time. */
final class BlindSpots {

    private static final Map<String, Set<String>> OUTSIDE = Map.ofEntries(
            Map.entry("java/lang/System", Set.of("getenv", "getProperty", "getProperties")),
            Map.entry("java/lang/Boolean", Set.of("getBoolean")),
            Map.entry("java/lang/Integer", Set.of("getInteger")),
            Map.entry("java/lang/Long", Set.of("getLong")),
            Map.entry(
                    "java/lang/Class",
                    Set.of(
                            "forName",
                            "newInstance",
                            "getMethod",
                            "getDeclaredMethod",
                            "getMethods",
                            "getDeclaredMethods",
                            "getField",
                            "getDeclaredField",
                            "getFields",
                            "getDeclaredFields")),
            Map.entry("java/lang/ClassLoader", Set.of("loadClass")),
            Map.entry("java/lang/reflect/Method", Set.of("invoke")),
            Map.entry("java/lang/reflect/Constructor", Set.of("newInstance")),
            Map.entry(
                    "java/lang/invoke/MethodHandles$Lookup",
                    Set.of(
                            "findVirtual",
                            "findStatic",
                            "findSpecial",
                            "findConstructor",
                            "findGetter",
                            "findStaticGetter",
                            "unreflect")));

    private static final Map<String, Set<String>> FILES = Map.of(
            "java/nio/file/Files",
            Set.of(
                    "readString",
                    "readAllBytes",
                    "readAllLines",
                    "lines",
                    "newBufferedReader",
                    "newInputStream",
                    "newByteChannel",
                    "copy",
                    "list",
                    "walk",
                    "walkFileTree",
                    "find",
                    "newDirectoryStream"),
            "java/nio/channels/FileChannel",
            Set.of("open"),
            "java/io/FileInputStream",
            Set.of("<init>"),
            "java/io/FileReader",
            Set.of("<init>"),
            "java/io/RandomAccessFile",
            Set.of("<init>"),
            "java/util/Scanner",
            Set.of("<init>"),
            "java/lang/Class",
            Set.of("getResource", "getResourceAsStream"),
            "java/lang/ClassLoader",
            Set.of(
                    "getResource",
                    "getResourceAsStream",
                    "getResources",
                    "getSystemResource",
                    "getSystemResourceAsStream",
                    "getSystemResources",
                    "resources"),
            "java/lang/Module",
            Set.of("getResourceAsStream"));

    private static final Set<String> FOLDERS =
            Set.of("list", "listFiles", "walk", "walkFileTree", "find", "newDirectoryStream");

    private BlindSpots() {}

    /** What a call hides, or null. */
    static Step find(MethodInsnNode call, ProjectMethod in, Origins origins) {
        if (OUTSIDE.getOrDefault(call.owner, Set.of()).contains(call.name)) {
            // a class that a constant names is followed
            return call.name.equals("forName") && argument(call) != null ? null : notSeen(call, in);
        }
        if (call.owner.equals("java/io/File") && FOLDERS.contains(call.name)) {
            return notSeen(call, in);
        }
        if (FILES.getOrDefault(call.owner, Set.of()).contains(call.name) && readsAFile(call)) {
            return FOLDERS.contains(call.name)
                    ? notSeen(call, in)
                    : new Step.ReadFile(FileNames.readBy(call, describe(call), in, origins));
        }
        return null;
    }

    private static Step notSeen(MethodInsnNode call, ProjectMethod in) {
        return new Step.NotSeen(new Spot(Place.of(call, in.owner), describe(call)));
    }

    private static boolean readsAFile(MethodInsnNode call) {
        Type[] arguments = Type.getArgumentTypes(call.desc);
        if (arguments.length == 0) {
            return false;
        }
        String first = arguments[0].getClassName();
        return first.equals("java.lang.String") && !call.owner.endsWith("Scanner")
                || first.equals("java.nio.file.Path")
                || first.equals("java.io.File");
    }

    private static String describe(MethodInsnNode call) {
        String owner = call.owner.substring(Math.max(call.owner.lastIndexOf('/'), call.owner.lastIndexOf('$')) + 1);
        String constant = argument(call);
        String arguments =
                Type.getArgumentTypes(call.desc).length == 0 ? "" : constant == null ? "…" : '"' + constant + '"';
        return call.name.equals("<init>")
                ? "new " + owner + "(" + arguments + ")"
                : owner + "." + call.name + "(" + arguments + ")";
    }

    /** The constant that is the first argument, or the one that it is made of ({@code Path.of("x")}); else null. */
    private static String argument(MethodInsnNode call) {
        Type[] types = Type.getArgumentTypes(call.desc);
        if (types.length == 0) {
            return null;
        }
        int above = 0;
        for (int i = 1; i < types.length; i++) {
            above += types[i].getSize();
        }
        return constant(Operands.producerOf(call, above), 3);
    }

    private static String constant(AbstractInsnNode producer, int depth) {
        if (producer instanceof LdcInsnNode ldc && ldc.cst instanceof String text) {
            return text;
        }
        boolean makesPath = producer instanceof MethodInsnNode call
                && (call.owner.equals("java/nio/file/Path") || call.owner.equals("java/nio/file/Paths"))
                && call.getOpcode() == Opcodes.INVOKESTATIC
                && !hasFurtherParts(call);
        return makesPath && depth > 0 ? argument((MethodInsnNode) producer) : null;
    }

    private static boolean hasFurtherParts(MethodInsnNode pathOf) {
        return pathOf.desc.startsWith("(Ljava/lang/String;[")
                && Operands.producerOf(pathOf, 0) != null
                && Operands.producerOf(pathOf, 0).getOpcode() != Opcodes.ANEWARRAY;
    }
}

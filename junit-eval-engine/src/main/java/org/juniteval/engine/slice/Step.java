package org.juniteval.engine.slice;

import java.util.List;
import java.util.Set;
import org.juniteval.engine.slice.Reached.Place;
import org.juniteval.engine.slice.Reached.Spot;

/** What code asks of a walk that comes along: the same in every slice, so code is read once and its steps are kept. */
sealed interface Step {

    /** @param from the method that the code belongs to, or that it is inlined into */
    void take(Walk walk, MethodId from);

    /** A library's type is mentioned. */
    record Mention(String type) implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.mention(type);
        }
    }

    /**
     * A method of a type of the project is called.
     *
     * @param target what the type itself declares or inherits; null where a library declares it
     * @param virtual whether the type of the object decides
     */
    record Call(ClassFile type, String signature, ProjectMethod target, boolean virtual) implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.call(this, from);
        }
    }

    /** A call hands over what may be names of files. */
    record HandOver(FileNames.Call call) implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.reached.fileNames.called(call);
        }
    }

    /** A file is read. */
    record ReadFile(FileNames.Read read) implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.reached.fileNames.read(read);
        }
    }

    /** A call's outcome is told by no class file. */
    record NotSeen(Spot spot) implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.reached.notSeen.add(spot);
        }
    }

    /** An object is made. */
    record Instantiate(String type) implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.instantiate(type, from);
        }
    }

    record ReadField(ProjectField field) implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.read(field);
        }
    }

    record WriteField(ProjectField field, boolean isStatic, Place place) implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.write(this, from);
        }
    }

    /**
     * A class literal.
     *
     * @param harmless whether it only says where a resource lies or who writes a log
     */
    record Literal(String type, boolean harmless) implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.literal(type, harmless, from);
        }
    }

    /** A library is given a class by name. */
    record Expose(String type) implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.expose(type, from);
        }
    }

    record Text(String text) implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.reached.constants.add(text);
        }
    }

    /** A text with gaps. */
    record Recipe(String recipe) implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.reached.recipes.add(recipe);
        }
    }

    /** The gaps of a text are filled. */
    record Complete(String text, List<Origin> with) implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.reached.fileNames.completed(text, with);
        }
    }

    /** A field is assigned an object. */
    record Assign(ProjectField field, Origins.Later value) implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.reached.fileNames.assigned(field, value);
        }
    }

    /** A method returns an object. */
    record Return(MethodId by, Origins.Later value) implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.reached.fileNames.returned(by, value);
        }
    }

    /** Lambdas implement these types. */
    record Lambda(Set<String> types) implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.lambdas.addAll(types);
        }
    }

    /** A framework reads fields, whatever their access. */
    record ReadPrivateFields() implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.readPrivateFields();
        }
    }

    /** An enum is asked for all its constants. */
    record ReadAllConstants() implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.readAllConstants();
        }
    }

    /** A framework looks for further classes on the class path. */
    record ScanClassPath() implements Step {
        @Override
        public void take(Walk walk, MethodId from) {
            walk.reached.classPathScans = true;
        }
    }
}

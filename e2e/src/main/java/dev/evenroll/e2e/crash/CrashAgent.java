package dev.evenroll.e2e.crash;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/// Puts a [CrashPoint] before and after one method: the steps `before-<method>` and `after-<method>`.
///
/// Arguments, separated by commas: directory of the armed steps, class, method; class and method may repeat.
public final class CrashAgent {

    private static final ClassDesc CRASH_POINT = ClassDesc.of("dev.evenroll.e2e.crash.CrashPoint");
    private static final MethodTypeDesc REACHED = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);

    /// What it is called by.
    public static final String NAME = "crash";

    private CrashAgent() {}

    /// Called before the main class.
    public static void install(String arguments, Instrumentation instrumentation) {
        var parts = arguments.split(",", -1);
        CrashPoint.watch(Path.of(parts[0]));
        for (var part = 1; part + 1 < parts.length; part += 2) {
            instrumentation.addTransformer(new HoldingStill(parts[part].replace('.', '/'), parts[part + 1]));
        }
    }

    private record HoldingStill(String className, String methodName) implements ClassFileTransformer {

        @Override
        public byte @Nullable [] transform(
                Module module,
                ClassLoader loader,
                String loadedName,
                Class<?> redefined,
                ProtectionDomain domain,
                byte[] classFile) {
            return className.equals(loadedName) ? instrumented(loader, classFile) : null;
        }

        private byte[] instrumented(ClassLoader loader, byte[] original) {
            var files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver())));
            return files.transformClass(
                    files.parse(original),
                    ClassTransform.transformingMethodBodies(
                            method -> method.methodName().equalsString(methodName), new Around(methodName)));
        }
    }

    private record Around(String methodName) implements CodeTransform {

        @Override
        public void atStart(CodeBuilder code) {
            reached(code, "before-" + methodName);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (element instanceof ReturnInstruction) {
                reached(code, "after-" + methodName);
            }
            code.with(element);
        }

        private static void reached(CodeBuilder code, String step) {
            code.loadConstant(step).invokestatic(CRASH_POINT, "reached", REACHED);
        }
    }
}

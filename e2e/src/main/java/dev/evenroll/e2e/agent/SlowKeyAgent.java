package dev.evenroll.e2e.agent;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Makes the key of an issuer as slow as one in an HSM, which is asked over a network: [SlowKey] before the port
/// `IssuingKey`, in the class that times it.
///
/// Arguments, separated by commas: milliseconds of a signature, how many signatures at a time.
final class SlowKeyAgent {

    static final String NAME = "slow-key";

    private static final String KEY = "dev/evenroll/issuer/service/TimedIssuingKey";
    private static final ClassDesc SLOW_KEY = ClassDesc.of(SlowKey.class.getName());

    private SlowKeyAgent() {}

    static void install(String arguments, Instrumentation instrumentation) {
        var parts = arguments.split(",", -1);
        SlowKey.become(Duration.ofMillis(Long.parseLong(parts[0])), Integer.parseInt(parts[1]));
        instrumentation.addTransformer(new SlowingDown());
    }

    private record SlowingDown() implements ClassFileTransformer {

        @Override
        public byte @Nullable [] transform(
                Module module,
                ClassLoader loader,
                String loadedName,
                Class<?> redefined,
                ProtectionDomain domain,
                byte[] classFile) {
            if (!KEY.equals(loadedName)) {
                return null;
            }
            var files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver())));
            return files.transformClass(files.parse(classFile), SlowKeyAgent::slowedDown);
        }
    }

    private static void slowedDown(ClassBuilder key, ClassElement element) {
        switch (element) {
            case MethodModel method
            when method.methodName().equalsString("sign") ->
                key.transformMethod(method, MethodTransform.transformingCode(new Waiting()));
            case MethodModel method
            when method.methodName().equalsString("concurrency") ->
                key.transformMethod(method, MethodTransform.transformingCode(new Sessions()));
            default -> key.with(element);
        }
    }

    private record Waiting() implements CodeTransform {

        @Override
        public void atStart(CodeBuilder code) {
            code.invokestatic(SLOW_KEY, "beforeSignature", MethodTypeDesc.of(ConstantDescs.CD_void));
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }

    private record Sessions() implements CodeTransform {

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (element instanceof ReturnInstruction answer && answer.opcode() == Opcode.IRETURN) {
                code.pop().invokestatic(SLOW_KEY, "sessions", MethodTypeDesc.of(ConstantDescs.CD_int));
            }
            code.with(element);
        }
    }
}

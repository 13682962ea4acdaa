package io.cachedconnection.internal.json;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The proof that an object is what it is made of, by the class file: the constructor of a record does nothing but assign its
 * parameters, setters assign theirs, accessors and getters return a field. Then what they give makes the same object again. Where
 * the class file is missing or does anything else there is no proof.
 */
final class PlainClass {

    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int NAME_AND_TYPE = 12;
    private static final int ALOAD_0 = 0x2a;
    private static final int INVOKESPECIAL = 0xb7;
    private static final int GETFIELD = 0xb4;
    private static final int PUTFIELD = 0xb5;
    private static final int RETURN = 0xb1;

    private final Class<?> type;
    private final Map<Integer, String> texts = new HashMap<>();
    private final Map<Integer, int[]> references = new HashMap<>(); // of classes, members, and names with types
    private final Map<String, byte[]> codes = new HashMap<>(); // by name and descriptor

    private PlainClass(Class<?> type, InputStream file) throws IOException {
        this.type = type;
        DataInputStream in = new DataInputStream(file);
        in.readLong(); // magic number and version
        readConstants(in);
        in.skipNBytes(6); // access, this class, superclass
        in.skipNBytes(2L * in.readUnsignedShort());
        for (int fields = in.readUnsignedShort(); fields > 0; fields--) {
            in.skipNBytes(6);
            readAttributes(in, "");
        }
        for (int methods = in.readUnsignedShort(); methods > 0; methods--) {
            in.skipNBytes(2);
            readAttributes(in, text(in.readUnsignedShort()) + text(in.readUnsignedShort()));
        }
    }

    /** That of {@code type}; null if its class file is not there or not to be understood. */
    static @Nullable PlainClass ofOrNull(Class<?> type) {
        String name = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream file = type.getResourceAsStream(name)) {
            return file == null ? null : new PlainClass(type, new BufferedInputStream(file));
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Whether the canonical constructor of this record only assigns, and its accessors only return. */
    boolean isPlainRecord() {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        byte[] constructor =
                codes.get("<init>" + MethodType.methodType(void.class, types).descriptorString());
        return Arrays.stream(components).allMatch(each -> returns(each.getAccessor(), each.getName()))
                && constructor != null
                && isAssigning(constructor, components);
    }

    /** Whether {@code getter} does nothing but return the field of this name. */
    boolean returns(Method getter, String field) {
        byte[] code = codes.get(getter.getName() + "()" + getter.getReturnType().descriptorString());
        return code != null
                && code.length == 5
                && (code[0] & 0xff) == ALOAD_0
                && (code[1] & 0xff) == GETFIELD
                && field.equals(field(number(code, 2)));
    }

    /** Whether {@code setter} does nothing but assign its parameter to the field of this name. */
    boolean assigns(Method setter, String field) {
        byte[] code = codes.get(setter.getName()
                + MethodType.methodType(setter.getReturnType(), setter.getParameterTypes()[0])
                        .descriptorString());
        return code != null
                && code.length == 6
                && (code[0] & 0xff) == ALOAD_0
                && Set.of(0x1b, 0x1f, 0x23, 0x27, 0x2b).contains(code[1] & 0xff) // the first parameter, of any type
                && (code[2] & 0xff) == PUTFIELD
                && field.equals(field(number(code, 3)))
                && (code[5] & 0xff) == RETURN;
    }

    private void readConstants(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.put(i, in.readUTF());
                case 7 -> references.put(i, new int[] {tag, in.readUnsignedShort()});
                case FIELD, METHOD, NAME_AND_TYPE ->
                    references.put(i, new int[] {tag, in.readUnsignedShort(), in.readUnsignedShort()});
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++; // takes two places
                }
                case 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 3, 4, 11, 17, 18 -> in.skipNBytes(4);
                default -> throw new IOException("an unknown constant");
            }
        }
    }

    private void readAttributes(DataInputStream in, String method) throws IOException {
        for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
            String name = text(in.readUnsignedShort());
            byte[] content = in.readNBytes(in.readInt());
            if (name.equals("Code") && !method.isEmpty()) {
                int length = number(content, 4) << 16 | number(content, 6);
                codes.put(method, Arrays.copyOfRange(content, 8, 8 + length));
            }
        }
    }

    private String text(int index) throws IOException {
        String text = texts.get(index);
        if (text == null) {
            throw new IOException("not a text");
        }
        return text;
    }

    private static int number(byte[] code, int at) {
        return (code[at] & 0xff) << 8 | (code[at + 1] & 0xff);
    }

    /** Whether it calls the constructor of {@code Record} and assigns each parameter to the field of its component. */
    private boolean isAssigning(byte[] code, RecordComponent... components) {
        Map<Integer, String> left = new HashMap<>(); // by the place of the parameter
        int slot = 1;
        for (RecordComponent component : components) {
            left.put(slot, component.getName());
            slot += Set.of(long.class, double.class).contains(component.getType()) ? 2 : 1;
        }
        int[] called = references.get(number(code, 2));
        boolean begins = (code[0] & 0xff) == ALOAD_0
                && (code[1] & 0xff) == INVOKESPECIAL
                && called != null
                && called[0] == METHOD
                && className(called[1]).equals("java/lang/Record");
        int at = 4;
        while (begins && (code[at] & 0xff) == ALOAD_0) {
            int load = code[at + 1] & 0xff;
            boolean hasOperand =
                    load >= 0x15 && load <= 0x19; // iload to aload, followed by the place; else it is a part of them
            if (!hasOperand && (load < 0x1a || load > 0x2d)) {
                return false;
            }
            int place = hasOperand ? code[at + 2] & 0xff : (load - 0x1a) % 4;
            at += hasOperand ? 3 : 2;
            String assigned = left.remove(place);
            if ((code[at] & 0xff) != PUTFIELD || assigned == null || !assigned.equals(field(number(code, at + 1)))) {
                return false;
            }
            at += 3;
        }
        return begins && left.isEmpty() && (code[at] & 0xff) == RETURN && at == code.length - 1;
    }

    /** The name of the field of this class that a constant refers to; null if it is none. */
    private @Nullable String field(int index) {
        int[] field = references.get(index);
        if (field == null
                || field[0] != FIELD
                || !className(field[1]).equals(type.getName().replace('.', '/'))) {
            return null;
        }
        int[] nameAndType = references.get(field[2]);
        return nameAndType == null ? null : texts.get(nameAndType[1]);
    }

    private String className(int index) {
        int[] reference = references.get(index);
        return reference == null ? "" : texts.getOrDefault(reference[1], "");
    }
}

package io.cachedconnection.internal.method;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.internal.message.MethodMessage;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The reading of one bean class: which of its methods are cached or write, and how. Used once, by one thread. */
final class BeanReading {

    private final BeanClass bean;
    private final @Nullable Method aroundInvoke;
    private final List<String> problems = new ArrayList<>();
    private final Map<Method, CachedMethod> methods = new LinkedHashMap<>();
    private final Set<String> unread = new TreeSet<>();
    private final Map<Method, WriteMethod> writes = new LinkedHashMap<>();

    BeanReading(BeanClass bean) {
        this.bean = bean;
        this.aroundInvoke = OtherInterceptors.aroundInvoke(bean.type());
    }

    CachedMethods read() {
        CachedConnection onClass = CachedConnectionSearch.on(bean.type());
        CacheChoice ofClass = onClass == null ? null : choiceOfClass(onClass);
        for (Method method : bean.methods()) {
            CachedConnection own = CachedConnectionSearch.on(method);
            if (WriteReading.isWrite(method)) {
                readWrite(method);
            } else if (own != null) {
                readOwn(method, own);
            } else if (onClass != null && isCoveredByClass(method)) {
                readCovered(method, ofClass, onClass);
            }
        }
        readUnseen();
        Map<Method, Method> originals = methods.isEmpty() && writes.isEmpty() ? Map.of() : bean.originals();
        return new CachedMethods(bean.type(), methods, writes, originals, unread, problems);
    }

    private void readWrite(Method method) {
        WriteReading reading = new WriteReading(bean, method);
        writes.put(method, reading.read());
        problems.addAll(reading.problems());
    }

    /** What is annotated where CDI does not see it. */
    private void readUnseen() {
        WriteReading.problemsOfClass(bean).forEach(problems::add);
        problems.addAll(new UnseenAnnotations(
                        bean, element -> CachedConnectionSearch.on(element) != null, MethodMessage.NOT_REPEATED)
                .problems());
        UnseenAnnotations writes = new UnseenAnnotations(bean, WriteReading::isWrite, MethodMessage.WRITE_NOT_REPEATED);
        problems.addAll(writes.problems());
        problems.addAll(
                writes.problemsOfOverriding()); // a lookup is only slower without, but a write would leave old values
        problems.addAll(OverlookedAnnotations.problems(bean));
    }

    private @Nullable CacheChoice choiceOfClass(CachedConnection onClass) {
        Problems found = new Problems(bean.name());
        checkAmbiguity(bean.type(), found);
        CacheChoice choice = new ChoiceReading(found).read(onClass);
        problems.addAll(found.messages());
        return choice;
    }

    private void readOwn(Method method, CachedConnection own) {
        Problems found = new Problems(bean.name(method));
        checkAmbiguity(method, found);
        CacheChoice choice = found.isEmpty() ? new ChoiceReading(found).read(own) : null;
        keep(method, new MethodReading(bean, method, found).read(choice, own.key()), own.cache(), found);
    }

    private static void checkAmbiguity(AnnotatedElement element, Problems found) {
        if (CachedConnectionSearch.isAmbiguous(element)) {
            found.add(MethodMessage.DIFFERENT_ANNOTATIONS, "@CachedConnection");
        }
    }

    private void readCovered(Method method, @Nullable CacheChoice choice, CachedConnection onClass) {
        Problems found = new Problems(bean.name(method));
        keep(method, new MethodReading(bean, method, found).read(choice, onClass.key()), onClass.cache(), found);
    }

    private void keep(Method method, @Nullable CachedMethod read, String cache, Problems found) {
        if (aroundInvoke != null) {
            found.add(MethodMessage.AROUND_INVOKE, bean.name(aroundInvoke));
        }
        problems.addAll(found.messages());
        if (read != null) {
            methods.put(method, read);
        } else if (ChoiceReading.isName(cache)) {
            unread.add(cache);
        }
    }

    private boolean isCoveredByClass(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && !ReturnReading.isVoid(bean.types().resolve(method.getGenericReturnType()))
                && !BeanClass.isOfEveryObject(method);
    }
}

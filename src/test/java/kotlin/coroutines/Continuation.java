package kotlin.coroutines;

/** Stands for the interface of this name: a suspend function of Kotlin has it as its last parameter. */
@SuppressWarnings("UnusedTypeParameter")
public interface Continuation<T> {}

package io.github.bililive.internal.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class that is loaded, or a method that is called, only where there is {@code
 * java.nio.file}: Android has it since 8.0, API 26. The build's check of Android's API leaves it
 * out.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface NotOnAndroid21 {}

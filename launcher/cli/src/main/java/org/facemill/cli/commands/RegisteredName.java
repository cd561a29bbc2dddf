package org.facemill.cli.commands;

import java.util.Iterator;
import java.util.Locale;
import org.facemill.contracts.registry.Registry;
import org.facemill.datasets.DatasetFormats;
import org.facemill.diffusion.sampler.SamplingMethods;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of an option that is a name of a registry, in any case; and what help says of it. */
abstract class RegisteredName implements ITypeConverter<String>, Iterable<String> {

    private final Registry<?> registry;

    RegisteredName(Registry<?> registry) {
        this.registry = registry;
    }

    @Override
    public String convert(String value) {
        try {
            return registry.named(value.toLowerCase(Locale.ROOT)).name();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    @Override
    public Iterator<String> iterator() {
        return registry.names().iterator();
    }

    static final class Format extends RegisteredName {
        Format() {
            super(DatasetFormats.REGISTRY);
        }
    }

    static final class Method extends RegisteredName {
        Method() {
            super(SamplingMethods.REGISTRY);
        }
    }
}

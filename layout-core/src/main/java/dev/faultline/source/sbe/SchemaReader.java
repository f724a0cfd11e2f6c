package dev.faultline.source.sbe;

import dev.faultline.input.InputException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the XML of a schema and of the files it includes as a tree. Document types and entities are refused, and
 * nothing but neighbouring files is opened.
 */
final class SchemaReader {

    private static final int MOST_ELEMENTS = 200_000;
    private static final int DEEPEST = 64;
    private static final String INCLUSION = "http://www.w3.org/2001/XInclude";
    private static final String MESSAGE = "Message: ";

    private final SchemaFiles files;
    private final Deque<Optional<Path>> open = new ArrayDeque<>();
    private int elements;

    private SchemaReader(SchemaFiles files) {
        this.files = files;
    }

    /**
     * Reads a schema.
     *
     * @param name its name in messages
     * @param path where it is; empty when it comes from a stream
     * @param content its bytes
     * @return the root, with what is included in place of each inclusion
     * @throws InputException when it is no XML, too large, or includes what is not read; names the line
     */
    static SchemaElement read(String name, Optional<Path> path, byte[] content) {
        SchemaFiles files = new SchemaFiles(path);
        return new SchemaReader(files).root(files.main(name, path, content));
    }

    private SchemaElement root(SchemaFiles.Content file) {
        open.push(file.path());
        XMLStreamReader xml = null;
        try {
            xml = factory().createXMLStreamReader(new ByteArrayInputStream(file.content()));
            for (int event = xml.next(); event != XMLStreamConstants.START_ELEMENT; event = xml.next()) {
                if (event == XMLStreamConstants.DTD) {
                    throw new InputException(
                            file.name(), "", "has a document type, which is not read: remove <!DOCTYPE ...>");
                }
            }
            SchemaElement root = element(xml, file, xml.getLocation().getLineNumber(), 1);
            while (xml.hasNext()) {
                xml.next();
            }
            return root;
        } catch (XMLStreamException broken) {
            throw broken(file.name(), broken);
        } finally {
            open.pop();
            close(xml);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("external entities are not read");
        });
        return factory;
    }

    private static void close(XMLStreamReader xml) {
        try {
            if (xml != null) {
                xml.close();
            }
        } catch (XMLStreamException ignored) {
            // The content is in memory: nothing is left open.
        }
    }

    private static InputException broken(String name, XMLStreamException broken) {
        String message = String.valueOf(broken.getMessage());
        int start = message.indexOf(MESSAGE);
        String words = (start < 0 ? message : message.substring(start + MESSAGE.length()))
                .replaceAll("\\s+", " ")
                .strip();
        return new InputException(
                name,
                broken.getLocation() == null
                        ? ""
                        : "line " + broken.getLocation().getLineNumber(),
                "expected well-formed XML: " + words);
    }

    /** Reads an element whose start was read. */
    private SchemaElement element(XMLStreamReader xml, SchemaFiles.Content file, int line, int depth)
            throws XMLStreamException {
        SchemaElement bare = new SchemaElement(xml.getLocalName(), attributes(xml), List.of(), file.name(), line);
        if (++elements > MOST_ELEMENTS) {
            throw bare.problem("more than " + MOST_ELEMENTS + " elements");
        }
        if (depth > DEEPEST) {
            throw bare.problem("elements nested more than " + DEEPEST + " deep");
        }
        List<SchemaElement> children = new ArrayList<>();
        int childLine = xml.getLocation().getLineNumber();
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                boolean isInclusion = INCLUSION.equals(xml.getNamespaceURI());
                SchemaElement child = element(xml, file, childLine, depth + 1);
                children.add(isInclusion ? included(child, file) : child);
            }
            childLine = xml.getLocation().getLineNumber();
        }
        return new SchemaElement(bare.tag(), bare.attributes(), List.copyOf(children), file.name(), line);
    }

    private SchemaElement included(SchemaElement inclusion, SchemaFiles.Content file) {
        if (!inclusion.tag().equals("include")) {
            throw inclusion.problem(
                    "<" + SchemaElement.shown(inclusion.tag()) + ">: expected <include href=\"FILE\"/>");
        }
        SchemaFiles.Content content = files.included(inclusion, file.path());
        if (open.contains(content.path())) {
            throw inclusion.problem(
                    "includes " + SchemaElement.shown(inclusion.required("href")) + ", which includes this file");
        }
        return root(content);
    }

    private static Map<String, String> attributes(XMLStreamReader xml) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            String namespace = xml.getAttributeNamespace(i);
            if (namespace == null || namespace.isEmpty()) {
                attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
            }
        }
        return Map.copyOf(attributes);
    }
}

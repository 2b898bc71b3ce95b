import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** veraPDF for many PDFs in one Java machine: {@code java … EachPdf.java FLAVOUR PDF …}, a line for each rule broken. */
public class EachPdf {
    public static void main(String[] names) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        var foundry = Foundries.defaultInstance();
        for (int i = 0; i < names.length; i += 2) {
            var flavour = PDFAFlavour.fromString(names[i]);
            try (var parser = foundry.createParser(new File(names[i + 1]), flavour);
                    var validator = foundry.createValidator(flavour, false)) {
                for (TestAssertion broken : validator.validate(parser).getTestAssertions()) {
                    var rule = broken.getRuleId();
                    System.out.println(String.join("\t", names[i], names[i + 1],
                            rule.getClause() + "-" + rule.getTestNumber(),
                            (broken.getMessage() + " " + broken.getLocation().getContext()).replaceAll("\\s+", " ")));
                }
                System.out.println(String.join("\t", names[i], names[i + 1], "done", ""));
            }
        }
    }
}

import com.adobe.epubcheck.tool.EpubChecker;

/** EPUBCheck for many EPUBs in one Java machine: {@code java -cp epubcheck.jar EachEpub.java EPUB REPORT.json …}. */
public class EachEpub {
    public static void main(String[] names) {
        for (int i = 0; i < names.length; i += 2) {
            new EpubChecker().run(new String[] {names[i], "--quiet", "--usage", "--json", names[i + 1]});
        }
    }
}

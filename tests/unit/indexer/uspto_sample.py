"""A hand-written grant with everything the parser reads, whole and in parts."""

BIBLIOGRAPHY = """<us-bibliographic-data-grant>
<publication-reference><document-id><country>US</country><doc-number>07654321</doc-number><kind>B2</kind>
<date>20100202</date></document-id></publication-reference>
<application-reference appl-type="utility"><document-id><country>US</country><doc-number>11123456</doc-number>
<date>20050506</date></document-id></application-reference>
<us-application-series-code>11</us-application-series-code>
<priority-claims><priority-claim sequence="01" kind="national"><country>JP</country><doc-number>2004-138000</doc-number>
<date>20040507</date></priority-claim></priority-claims>
<classifications-ipcr><classification-ipcr><section>A</section><class>01</class><subclass>B</subclass>
<main-group>33</main-group><subgroup>00</subgroup><symbol-position>F</symbol-position>
<classification-value>I</classification-value></classification-ipcr><classification-ipcr><section>A</section><class>01</class>
<subclass>B</subclass><main-group>33</main-group><subgroup>08</subgroup><symbol-position>L</symbol-position>
<classification-value>N</classification-value></classification-ipcr></classifications-ipcr>
<classifications-cpc><main-cpc><classification-cpc><section>A</section><class>01</class><subclass>B</subclass>
<main-group>33</main-group><subgroup>024</subgroup><classification-value>I</classification-value></classification-cpc></main-cpc>
<further-cpc><classification-cpc><section>Y</section><class>10</class><subclass>S</subclass><main-group>37</main-group>
<subgroup>904</subgroup><classification-value>A</classification-value></classification-cpc></further-cpc></classifications-cpc>
<classification-national><country>US</country><main-classification>172 42</main-classification>
<further-classification>2807283</further-classification><further-classification> 12142 E</further-classification>
</classification-national>
<invention-title id="d0e53">Rotary tiller for H<sub>2</sub>O-logged soil</invention-title>
<references-cited>
<citation><patcit num="00001"><document-id><country>US</country><doc-number>5793966</doc-number><kind>A</kind>
<name>Amstein</name><date>19980800</date></document-id></patcit><category>cited by examiner</category></citation>
<citation><patcit num="00002"><document-id><country>JP</country><doc-number>10179521</doc-number><kind>A</kind>
<date>19980707</date></document-id></patcit><category>cited by other</category></citation>
<citation><nplcit num="00003"><othercit>Smith, <i>Soil</i>, 1999.</othercit></nplcit><category>cited by other</category></citation>
</references-cited>
<us-related-documents>
<us-provisional-application><document-id><country>US</country><doc-number>60570000</doc-number><date>20040512</date>
</document-id></us-provisional-application>
<continuation><relation><parent-doc><document-id><country>US</country><doc-number>10999999</doc-number><date>20041201</date>
</document-id></parent-doc><child-doc><document-id><country>US</country><doc-number>11123456</doc-number></document-id></child-doc>
</relation></continuation></us-related-documents>
<parties><applicants><applicant sequence="001" app-type="applicant-inventor"><addressbook><last-name>Croy</last-name>
<first-name>John Charles</first-name><address><city>Middletown</city><state>RI</state><country>US</country></address></addressbook>
<nationality><country>omitted</country></nationality><residence><country>US</country></residence></applicant></applicants>
<agents><agent sequence="01" rep-type="attorney"><addressbook><last-name>Born</last-name><first-name>Joseph H.</first-name>
<address><country>unknown</country></address></addressbook></agent><agent sequence="02" rep-type="attorney"><addressbook>
<orgname>Foley &amp; Hoag LLP</orgname><address><country>unknown</country></address></addressbook></agent></agents></parties>
<assignees><assignee><addressbook><orgname>Tillers Inc.</orgname><role>02</role><address><city>Boston</city><state>MA</state>
<country>US</country></address></addressbook></assignee></assignees>
<examiners><primary-examiner><last-name>Knight</last-name><first-name>Anthony</first-name></primary-examiner></examiners>
<pct-or-regional-filing-data><document-id><country>WO</country><doc-number>PCT/NO03/00161</doc-number><kind>00</kind>
<date>20030516</date></document-id></pct-or-regional-filing-data>
<pct-or-regional-publishing-data><document-id><country>WO</country><doc-number>WO03/098038</doc-number></document-id>
</pct-or-regional-publishing-data>
</us-bibliographic-data-grant>"""

ABSTRACT = '<abstract id="abstract"><p id="p-1" num="0000">A tiller (<b>1</b>)\n   turns Ca<sup>2+</sup> soil.</p></abstract>'
DRAWINGS = (
    '<drawings id="DRAWINGS"><figure id="F" num="00000"><img id="E" he="1mm" file="US07654321-D00000.TIF"/></figure></drawings>'
)
DESCRIPTION = """<description id="description"><?BRFSUM description="Brief Summary" end="lead"?>
<heading id="h-1" level="1">BACKGROUND</heading>
<p id="p-2" num="0001">About 10<sup>6</sup> cells, m<sup>2</sup>, 5<sup>th</sup> &amp; AT&#x26;T &#x201c;rich&#x201d;.</p>
<description-of-drawings><p id="p-3" num="0002"><figref idref="F">FIG. 1</figref> shows
<ul id="u"><li>one</li><li>two</li></ul></p></description-of-drawings>
<p id="p-4" num="0003">Table:<tables id="T"><table><tgroup><tbody><row><entry>a</entry><entry>b</entry></row>
<row><entry>c</entry><entry/></row></tbody></tgroup></table></tables></p>
<p id="p-5" num="0004">With <maths id="M"><math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac></math></maths> it ends.</p>
</description>"""  # noqa: E501 - a line feed there would be part of the text
CLAIMS = """<claims id="claims"><claim id="CLM-00001" num="00001"><claim-text>1. A tiller, comprising:
<claim-text>a frame; and</claim-text><claim-text>a shaft.</claim-text></claim-text></claim>
<claim id="CLM-00002" num="00002"><claim-text>2. The tiller of <claim-ref idref="CLM-00001">claim 1</claim-ref>, 3 shafts.</claim-text></claim>
</claims>"""  # noqa: E501 - a line feed there would be part of the text
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE us-patent-grant SYSTEM "us-patent-grant-v42-2006-08-23.dtd" [ ]>\n'


def grant(
    *,
    bibliography: str = BIBLIOGRAPHY,
    abstract: str = ABSTRACT,
    description: str = DESCRIPTION,
    claims: str = CLAIMS,
    head: str = HEAD,
) -> bytes:
    """The document with parts exchanged."""
    body = "\n".join((bibliography, abstract, DRAWINGS, description, claims))
    return (
        f'{head}<us-patent-grant lang="EN" dtd-version="v4.2 2006-08-23" id="us-patent-grant">\n{body}\n</us-patent-grant>'.encode()
    )
